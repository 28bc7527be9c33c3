"""What comes out on paper: the pages asked for, marks under the ink, a watermark over it."""

from __future__ import annotations

import pymupdf
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.bulletin.folding import fold
from desktop.ui.choice import Choice
from desktop.ui.printing.choice import PrintChoice, WrongRange, page_range
from desktop.ui.printing.dialog import TO_FILE, PrintDialog
from desktop.ui.printing.pages import PagePrinter, printer_for
from desktop.ui.printing.text import SetPages
from desktop.ui.printing.watermark import draw_classification, draw_watermark
from desktop.ui.theme import LIGHT
from tests.ui.made import issue, long_document, mark
from tests.ui.page.printed import write_pdf
from tests.ui.page.steps import PLACES, WAIT
from tests.ui.page.steps import mark as printed_mark


@pytest.mark.parametrize(
    ("text", "pages"),
    [("1-3，5", (1, 2, 3, 5)), ("５、2", (2, 5)), ("1—2;2", (1, 2)), (" 7 ", (7,)), ("3~4", (3, 4)), ("1至2", (1, 2))],
)
def test_a_range_is_read_as_people_write_it(text, pages):
    assert page_range(text, 9) == pages


@pytest.mark.parametrize("text", ["", "0", "10", "3-2", "8-10", "abc", "1-", "，"])
def test_a_wrong_range_is_refused_with_an_example(text):
    with pytest.raises(WrongRange, match="1-3，5"):
        page_range(text, 9)


def test_the_dialog_says_what_is_wrong_with_a_range_and_stays(qtbot):
    dialog = PrintDialog(["办公室"], 9, 4, "某处 2025年1月6日", LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.some.setChecked(True)
    dialog.pages.setText("12")
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.accept()
    assert dialog.isVisible()
    dialog.pages.setText("2-3")
    dialog.stamped.setChecked(True)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept()
    assert chosen.args == [PrintChoice("办公室", "", (2, 3), True, "某处 2025年1月6日", 1)]


def test_without_a_printer_a_pdf_file_is_offered_and_no_watermark_is_the_rule(qtbot):
    dialog = PrintDialog([], 9, 4, "某处", LIGHT)
    qtbot.addWidget(dialog)
    assert dialog.printer.currentText() == TO_FILE
    assert not dialog.copies.isEnabled()
    assert isinstance(dialog.printer, Choice), "with the arrow of the other boxes"
    assert dialog.choice() == PrintChoice("", "", tuple(range(1, 10)), True, "", 1)
    dialog.this_page.setChecked(True)
    dialog.marks.setChecked(False)
    assert dialog.choice() == PrintChoice("", "", (4,), False, "", 1)


def printed(qtbot, tmp_path, source, drawn=(), **choice):
    out = tmp_path / "printed.pdf"
    printing = PagePrinter(str(source), PLACES, drawn, PrintChoice("", str(out), **choice))
    with qtbot.waitSignal(printing.ended, timeout=WAIT) as ended:
        printing.start()
    assert ended.args == [""]
    return pymupdf.open(out)


def colours(page):
    pixels = page.get_pixmap(dpi=72)
    return {pixels.pixel(x, y) for x in range(pixels.width) for y in range(pixels.height)}


def near(colour, wanted):
    return max(abs(a - b) for a, b in zip(colour, wanted, strict=True)) < 12


def test_the_pages_asked_for_are_printed_and_no_others(qtbot, tmp_path):
    source = write_pdf(tmp_path / "source.pdf")
    with printed(qtbot, tmp_path, source, pages=(1, 3)) as out, pymupdf.open(source) as original:
        assert out.page_count == 2
        for at, number in enumerate((1, 3)):
            mine = out[at].get_pixmap(dpi=30, colorspace="gray")
            theirs = original[number - 1].get_pixmap(dpi=30, colorspace="gray")
            ink = [sum(255 - value for value in pixels.samples) / len(pixels.samples) for pixels in (mine, theirs)]
            assert ink[0] == pytest.approx(ink[1], rel=0.25)  # the same print, fitted to the paper


@pytest.mark.parametrize("marks", [True, False])
def test_marks_are_printed_only_when_wanted(qtbot, tmp_path, marks):
    source = write_pdf(tmp_path / "source.pdf")
    yellow = QColor(LIGHT.marks["yellow"]).getRgb()[:3]
    with printed(qtbot, tmp_path, source, [printed_mark(1, "某市推进算力")], pages=(1,), marks=marks) as out:
        found = colours(out[0])
    assert any(near(colour, yellow) for colour in found) is marks
    assert any(max(colour) < 90 for colour in found)  # the ink under it


def test_a_page_lying_on_its_side_is_printed_on_paper_lying_on_its_side(qtbot, tmp_path):
    with printed(qtbot, tmp_path, write_pdf(tmp_path / "source.pdf", rotate=90), pages=(1,)) as out:
        assert out[0].rect.width > out[0].rect.height


def test_a_file_that_cannot_be_opened_ends_with_a_sentence(qtbot, tmp_path):
    printing = PagePrinter(str(tmp_path / "gone.pdf"), PLACES, (), PrintChoice("", str(tmp_path / "out.pdf"), (1,)))
    with qtbot.waitSignal(printing.ended, timeout=WAIT) as ended:
        printing.start()
    assert ended.args[0].endswith("。")


def test_a_cancelled_printing_ends_at_once(qtbot, tmp_path):
    source = write_pdf(tmp_path / "source.pdf")
    printing = PagePrinter(str(source), PLACES, (), PrintChoice("", str(tmp_path / "out.pdf"), (1, 2, 3)))
    printing.start()
    with qtbot.waitSignal(printing.ended, timeout=WAIT) as ended:
        printing.cancel()
    assert ended.args == ["已取消打印。"]


def test_the_watermark_covers_the_whole_page_and_leaves_the_ink_readable(qapp):
    image = QImage(600, 800, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        draw_watermark(painter, QRectF(image.rect()), "某处 2025年1月6日")
    for left, top in ((0, 0), (300, 0), (0, 400), (300, 400)):
        tones = [image.pixelColor(left + x, top + y).lightness() for x in range(0, 300, 2) for y in range(0, 400, 2)]
        assert any(tone < 250 for tone in tones)
        assert min(tones) > 150


def test_a_text_is_set_on_pages_whole_with_its_marks(qapp, tmp_path):
    document = issue()
    first = document.items[0]
    pages = SetPages(document, [mark("m", first, first.passages[1].text[:6])])
    out = tmp_path / "text.pdf"
    choice = PrintChoice("", str(out), tuple(range(1, pages.count + 1)))
    assert pages.print(printer_for(choice), choice)
    with pymupdf.open(out) as made:
        assert made.page_count == pages.count
        said, shades = fold("".join(page.get_text() for page in made)), colours(made[0])
    wanted = [fold(passage.text) for item in document.items for passage in item.passages]
    assert len(said) >= sum(map(len, wanted))
    # Fonts may name a character by its radical, which is another character: near enough is enough to see that all is there.
    assert all(len(set(text) & set(said)) >= 0.8 * len(set(text)) for text in wanted)
    assert any(near(colour, QColor(LIGHT.marks["yellow"]).getRgb()[:3]) for colour in shades)


def test_the_dialog_offers_the_classification_only_where_there_is_one_and_then_prints_it(qtbot):
    plain, marked = PrintDialog([], 9, 4, "某处", LIGHT), PrintDialog([], 9, 4, "某处", LIGHT, classification="秘密★1年")
    for dialog in (plain, marked):
        qtbot.addWidget(dialog)
        dialog.show()
    assert not plain.classified.isVisible()
    assert plain.choice().classification == ""
    assert "秘密★1年" in marked.classified.text()
    assert marked.choice().classification == "秘密★1年"
    marked.classified.setChecked(False)
    assert marked.choice().classification == ""


def test_the_classification_stands_in_black_at_the_head_of_the_page_and_nowhere_else(qapp):
    image = QImage(600, 800, QImage.Format.Format_RGB32)
    image.fill(QColor("yellow"))
    with QPainter(image) as painter:
        draw_classification(painter, QRectF(image.rect()), "秘密★1年")
    inked = [(x, y) for x in range(600) for y in range(800) if image.pixelColor(x, y).lightness() < 60]
    assert len(inked) > 40
    assert all(x < 200 and y < 60 for x, y in inked)


@pytest.mark.parametrize("said", ["秘密★1年", ""])
def test_every_page_of_a_print_carries_the_classification_that_was_chosen(qtbot, tmp_path, said):
    source = write_pdf(tmp_path / "source.pdf")

    def head_ink(page):
        pixels = page.get_pixmap(dpi=72)
        return sum(max(pixels.pixel(x, y)) < 90 for x in range(30, 140) for y in range(16, 40))

    plain = pymupdf.open(source)
    with printed(qtbot, tmp_path, source, pages=(1, 2), classification=said) as out:
        assert [head_ink(page) > head_ink(plain[at]) + 30 for at, page in enumerate(out)] == [bool(said)] * 2
    pages = SetPages(issue())
    choice = PrintChoice("", str(tmp_path / "text.pdf"), (1,), classification=said)
    assert pages.print(printer_for(choice), choice)
    with pymupdf.open(choice.file) as made:
        assert (head_ink(made[0]) > 30) is bool(said)


def test_the_page_number_of_a_set_text_is_no_larger_than_its_body(qapp, tmp_path):
    pages = SetPages(issue())
    choice = PrintChoice("", str(tmp_path / "text.pdf"), (1, 2))
    assert pages.print(printer_for(choice), choice)
    with pymupdf.open(choice.file) as made:
        for page in made:
            spans = [span for block in page.get_text("dict")["blocks"] for line in block["lines"] for span in line["spans"]]
            foot = max(spans, key=lambda span: span["bbox"][3])
            body = sorted(span["size"] for span in spans)[len(spans) // 2]
            assert str(page.number + 1) in foot["text"]
            assert foot["size"] <= body * 1.05


def test_no_line_is_cut_or_lost_between_two_pages_and_no_title_stands_alone_at_the_foot(qapp):
    pages = SetPages(long_document(60))
    sheet, layout, room = pages._sheet, pages._layout, pages._room.height()
    block, lines = sheet.document.firstBlock(), []
    while block.isValid():
        top, style = layout.top(block.blockNumber()), sheet.blocks[block.blockNumber()].style
        for at in range(block.layout().lineCount()):
            line = block.layout().lineAt(at)
            lines.append((top + line.y(), top + line.y() + line.height(), style.bold))
        block = block.next()
    assert pages.count > 20
    assert all(0 < end - top <= room for top, end in pages._pages)
    on_page = [[line for line in lines if top <= line[0] and line[1] <= end] for top, end in pages._pages]
    assert [line for page in on_page for line in page] == lines
    assert not any(page[-1][2] for page in on_page)
