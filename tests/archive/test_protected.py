"""PDFs that open with a password only: asked for, tried again, passed over, and never stored."""

from __future__ import annotations

import pymupdf
import pytest

from desktop.archive import annotating, catalogue, exchanging, marking, protected, rereading, revising
from desktop.archive.importing import import_paths
from desktop.archive.library import Library
from desktop.errors import PasswordNeeded
from desktop.paths import SAMPLES
from tests.archive.locked import PASSWORD, locked
from tests.archive.sealed import readable


class Asked:
    """Somebody who answers with these passwords, one after the other, and then with none."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.sentences = []

    def __call__(self, sentence):
        self.sentences.append(sentence)
        return self.answers.pop(0) if self.answers else None


@pytest.fixture
def issue(library, tmp_path):
    """A protected issue in the library, whose password nobody knows any more."""
    import_paths(library, [locked(tmp_path / "来件" / "第901期.pdf")], ask=Asked(PASSWORD))
    library.passwords = protected.Passwords()
    return catalogue.issues(library)[0]


def test_it_comes_in_whole_and_the_password_is_nowhere(library, tmp_path):
    asked = Asked(PASSWORD)
    (outcome,) = import_paths(library, [locked(tmp_path / "来件" / "第901期.pdf")], ask=asked)
    assert outcome.status == "new"
    assert "第901期.pdf" in asked.sentences[0]
    with Library.open(tmp_path / "平") as other:
        import_paths(other, [SAMPLES / "issue-901.pdf"])
        plain = [item.text for item in catalogue.items(other, 1)]
    assert [item.text for item in catalogue.items(library, outcome.issue.id)] == plain
    library.close()
    assert readable(tmp_path, [PASSWORD]) == set()


@pytest.mark.parametrize(
    ("answers", "status", "questions", "said"),
    [
        (("错", "又错", PASSWORD), "new", 3, ""),
        (("错", "又错", "还错", PASSWORD), "refused", 3, "3 次都不正确"),
        (("错",), "refused", 2, "没有密码不能打开"),
        ((), "refused", 1, "没有密码不能打开"),
    ],
)
def test_there_are_three_tries_and_a_file_can_be_passed_over(library, tmp_path, answers, status, questions, said):
    asked = Asked(*answers)
    outcomes = import_paths(library, [locked(tmp_path / "锁.pdf"), SAMPLES / "issue-902.pdf"], ask=asked)
    assert [outcome.status for outcome in outcomes] == [status, "new"]
    assert said in outcomes[0].reason
    assert len(asked.sentences) == questions
    assert all("还可以再试" in sentence for sentence in asked.sentences[1:])


def test_what_opened_one_file_is_tried_on_the_next_before_anybody_is_asked(library, tmp_path):
    asked = Asked(PASSWORD)
    files = [locked(tmp_path / name, f"issue-{name[:3]}.pdf") for name in ("901.pdf", "902.pdf")]
    assert [outcome.status for outcome in import_paths(library, files, ask=asked)] == ["new", "new"]
    assert len(asked.sentences) == 1


def test_of_passwords_given_beforehand_each_opens_what_it_can(library, tmp_path):
    files = [locked(tmp_path / "901.pdf", password="甲"), locked(tmp_path / "902.pdf", "issue-902.pdf", "乙")]
    library.passwords.offer(["", "乙", "甲"])
    assert [outcome.status for outcome in import_paths(library, files)] == ["new", "new"]


def test_a_copy_with_marks_is_protected_as_the_original_is(library, issue, tmp_path):
    item = catalogue.items(library, issue.id)[0]
    marking.add(library, item.id, 0, 6, note="核实")
    with pytest.raises(PasswordNeeded):
        annotating.export(library, issue.id, tmp_path / "副本.pdf")
    assert not (tmp_path / "副本.pdf").exists()
    assert annotating.export(library, issue.id, tmp_path / "副本.pdf", Asked("错", PASSWORD)) == 1
    with pymupdf.open(tmp_path / "副本.pdf") as copy:
        assert copy.needs_pass
        assert not copy.authenticate("")
        assert copy.authenticate(PASSWORD)
        assert [note.info["content"] for page in copy for note in page.annots()] == ["核实"]
    library.passwords = protected.Passwords()
    assert annotating.bring_in(library, tmp_path / "副本.pdf", ask=Asked(PASSWORD)).changes == 0


def test_reading_again_without_it_keeps_the_text_and_says_so(library, issue):
    before = catalogue.items(library, issue.id)
    report = rereading.read_again(library, [issue])
    assert (report.issues, catalogue.items(library, issue.id)) == (0, before)
    assert "第901期" in report.failed[0]
    assert "仍用原来的文字" in report.failed[0]
    protected.unlock(library, issue, "第901期", Asked(PASSWORD))
    assert rereading.read_again(library, [issue]).failed == []


def test_a_stored_file_is_unlocked_by_the_right_password_only(library, issue):
    with pytest.raises(PasswordNeeded, match="3 次都不正确"):
        protected.unlock(library, issue, "第901期", Asked("错", "也错", "还错"))
    assert library.passwords.of(issue.sha256) is None
    protected.unlock(library, issue, "第901期", Asked(PASSWORD))
    assert library.passwords.of(issue.sha256) == PASSWORD


def test_a_protected_further_file_of_an_issue_can_be_put_in_force(library, issue, tmp_path):
    import_paths(library, [SAMPLES / "issue-901.pdf"])
    issue = catalogue.issue(library, issue.id)
    other = revising.files(library, issue)[1].sha256
    with pytest.raises(PasswordNeeded, match="第901期"):
        revising.use_file(library, issue, other)
    assert revising.use_file(library, issue, other, ask=Asked(PASSWORD)).issue.sha256 == other


def test_a_package_brings_a_protected_issue_to_who_knows_the_password(library, issue, tmp_path):
    marking.add(library, catalogue.items(library, issue.id)[0].id, 0, 6)
    exchanging.export(library, tmp_path / "包.ycx", with_files=True)
    with Library.open(tmp_path / "另一库") as other:
        exchanging.bring_in(other, exchanging.open_package(tmp_path / "包.ycx"), ask=Asked(PASSWORD))
        assert len(marking.marks(other)) == 1
