"""Every action of the window as one table: menus, tool bar, shortcuts page and command palette are built from it.

Single letters are never shortcuts (the input method takes them), and Ctrl+digit stays with zooming as in WPS and Adobe.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.ui.theme import FIELD_LABELS


@dataclass(frozen=True, slots=True)
class Action:
    """One action: `keys` are Qt key sequences separated by "; " (the first is shown), `menu` "" = only palette."""

    id: str
    text: str
    menu: str
    keys: str = ""
    short: str = ""  # as the tool bar has it
    checkable: bool = False
    group: str = ""  # actions of one group exclude one another
    line_before: bool = False
    under: str = ""  # a submenu of its menu, so that no menu is longer than a small screen

    @property
    def needs_document(self) -> bool:
        """Whether it does something only where a document is open (the page view asks for a PDF besides)."""
        return self.menu in ("标注", "领域") or self.id in _AT_A_DOCUMENT


_AT_A_DOCUMENT = frozenset(
    [
        "file.close",
        "file.remove",
        "file.revisions",
        "file.print",
        "edit.copy",
        "edit.copy_source",
        "view.reading",
        "view.larger",
        "view.smaller",
        "view.fit_page",
        "view.actual",
        "view.fit_width",
        "view.rotate",
        "view.continuous",
        "view.single",
        "view.two",
        "view.to_page",
        "edit.find_here",
        "edit.find_next",
        "edit.find_previous",
        "view.previous",
        "view.next",
        "view.next_unread",
        "memo.add",
        "tool.doubts",
    ]
)
MENUS = ("文件", "编辑", "查看", "标注", "领域", "摘编", "交换", "工具", "帮助")
FIELD_ORDER = tuple(name for name in FIELD_LABELS if name != "综合")


def _field_actions() -> tuple[Action, ...]:
    ten = tuple(Action(f"field.{name}", name, "领域", f"Alt+{(number + 1) % 10}") for number, name in enumerate(FIELD_ORDER))
    return (*ten, Action("field.综合", "综合", "领域", "Alt+-", line_before=True))


ACTIONS: tuple[Action, ...] = (
    Action("file.open", "打开文件…", "文件", "Ctrl+O", "打开"),
    Action("file.import", "导入文件夹…", "文件", "Ctrl+Shift+O", "导入"),
    Action("file.samples", "打开示例", "文件"),
    Action("file.close", "关闭本期", "文件", "Ctrl+W", line_before=True),
    Action("file.revisions", "修订对照…", "文件"),
    Action("file.remove", "从资料库移除…", "文件"),
    Action("file.reveal", "打开资料库文件夹", "文件"),
    Action("file.print", "打印…", "文件", "Ctrl+P", line_before=True),
    Action("file.prints", "打印记录…", "文件"),
    Action("file.quit", "退出", "文件", "Ctrl+Q", line_before=True),
    Action("edit.undo", "撤销", "编辑", "Ctrl+Z"),
    Action("edit.redo", "重做", "编辑", "Ctrl+Y; Ctrl+Shift+Z"),
    Action("edit.copy", "复制", "编辑", "Ctrl+C", line_before=True),
    Action("edit.copy_source", "复制并附出处", "编辑", "Ctrl+Shift+C"),
    Action("edit.find_here", "在本期中查找…", "编辑", "Ctrl+F", line_before=True),
    Action("edit.find_next", "查找下一处", "编辑", "F3"),
    Action("edit.find_previous", "查找上一处", "编辑", "Shift+F3"),
    Action("edit.find", "全库检索…", "编辑", "Ctrl+K; Ctrl+Shift+F", "检索全库  Ctrl+K", line_before=True),
    Action("edit.find_selection", "检索所选文字", "编辑", "Ctrl+Shift+K"),
    Action("search.save", "保存检索条件", "编辑"),
    Action("search.export", "导出检索结果…", "编辑"),
    Action("view.page", "页面", "查看", "Ctrl+Alt+1", checkable=True, group="view"),
    Action("view.reading", "阅读", "查看", "Ctrl+Alt+2", checkable=True, group="view"),
    Action("view.both", "并排", "查看", "Ctrl+Alt+3", checkable=True, group="view"),
    Action("view.larger", "放大", "查看", "Ctrl+=; Ctrl++", "＋", line_before=True),
    Action("view.smaller", "缩小", "查看", "Ctrl+-", "－"),
    Action("view.fit_page", "适合整页", "查看", "Ctrl+0"),
    Action("view.actual", "实际大小", "查看", "Ctrl+1"),
    Action("view.fit_width", "适合页宽", "查看", "Ctrl+2", "适宽"),
    Action("view.rotate", "向右旋转", "查看", "Ctrl+Shift+="),
    Action("view.continuous", "连续", "查看", checkable=True, group="flow", under="版式", line_before=True),
    Action("view.single", "单页", "查看", checkable=True, group="flow", under="版式"),
    Action("view.two", "双页", "查看", checkable=True, group="flow", under="版式"),
    Action("view.thumbnails", "缩略图", "查看", "F6", checkable=True),
    Action("view.hand", "手形工具", "查看", "Ctrl+Shift+H", checkable=True),
    Action("view.to_page", "转到页…", "查看", "Ctrl+G"),
    Action("view.previous", "上一条", "查看", "Ctrl+Up", line_before=True),
    Action("view.next", "下一条", "查看", "Ctrl+Down"),
    Action("view.next_unread", "下一条未读", "查看", "Ctrl+Shift+Down"),
    Action("view.back", "后退", "查看", "Alt+Left", "‹"),
    Action("view.forward", "前进", "查看", "Alt+Right", "›"),
    Action("view.next_document", "下一个已打开的期", "查看", "Ctrl+Tab"),
    Action("view.left", "左侧栏", "查看", "F4", checkable=True, line_before=True),
    Action("view.right", "右侧栏", "查看", "Shift+F4", checkable=True),
    Action("view.full", "全屏", "查看", "F11; Ctrl+L", checkable=True),
    Action("theme.system", "跟随系统", "查看", checkable=True, group="theme", under="外观", line_before=True),
    Action("theme.light", "浅色", "查看", checkable=True, group="theme", under="外观"),
    Action("theme.dark", "深色", "查看", checkable=True, group="theme", under="外观"),
    Action("theme.contrast", "高对比", "查看", checkable=True, group="theme", under="外观"),
    Action("mark.yellow", "划线：黄", "标注", "Ctrl+H", "划线"),
    Action("mark.green", "划线：绿", "标注", "Ctrl+Shift+G"),
    Action("mark.blue", "划线：蓝", "标注", "Ctrl+Shift+B"),
    Action("mark.red", "划线：红", "标注", "Ctrl+Shift+R"),
    Action("mark.underline", "下划线", "标注", "Ctrl+U"),
    Action("mark.note", "批注…", "标注", "Ctrl+M", "批注", line_before=True),
    Action("mark.delete", "删除标注", "标注", "Del"),
    Action("mark.trash", "回收站…", "标注"),
    Action("correct.merge", "与上一段合并", "标注", line_before=True),
    Action("correct.split", "在此处分段", "标注"),
    Action("correct.title", "设为标题", "标注"),
    Action("correct.erratum", "勘误…", "标注"),
    Action("correct.withdraw", "撤回此处更正", "标注"),
    Action("item.read", "标为已读/未读", "标注", "Ctrl+R", line_before=True),
    Action("item.star", "星标", "标注", "Ctrl+D"),
    *_field_actions(),
    Action("field.accept", "采纳首条建议", "领域", "Alt+Return", line_before=True),
    Action("field.refuse", "不采纳首条建议", "领域", "Alt+Backspace"),
    Action("field.palette", "标注为…", "领域", "Ctrl+Shift+L", line_before=True),
    Action("field.triage", "分拣未标条目", "领域", "Ctrl+Shift+T"),
    Action("field.waiting", "建议未标的条目…", "领域", line_before=True),
    Action("field.overview", "领域总览…", "领域", "Ctrl+Shift+Y"),
    Action("field.vocabulary", "词表管理…", "领域"),
    Action("memo.add", "加入摘编", "摘编", "Ctrl+Return"),
    Action("memo.add_chosen", "按领域和时段添加…", "摘编", "Ctrl+Shift+A"),
    Action("memo.add_hits", "检索结果全部加入摘编", "摘编"),
    Action("memo.where", "本条在哪些摘编中", "摘编"),
    Action("memo.new", "新建摘编…", "摘编", line_before=True),
    Action("memo.settings", "摘编设置…", "摘编"),
    Action("memo.page", "版面设置…", "摘编"),
    Action("memo.kind", "复制为我的文种…", "摘编"),
    Action("memo.preview", "摘编预览/回到原文", "摘编", "Ctrl+Shift+E", line_before=True),
    Action("memo.copy", "复制摘编全文", "摘编"),
    Action("memo.docx", "导出为 DOCX…", "摘编", "Ctrl+E", line_before=True),
    Action("memo.pdf", "导出为 PDF…", "摘编"),
    Action("memo.md", "导出为 Markdown…", "摘编"),
    Action("memo.txt", "导出为纯文本…", "摘编"),
    Action("memo.log", "导出记录…", "摘编"),
    Action("share.package", "导出标注包…", "交换"),
    Action("share.open_package", "导入标注包…", "交换"),
    Action("share.pdf", "导出带标注的 PDF…", "交换", line_before=True),
    Action("share.open_pdf", "导入 PDF 中的标注…", "交换"),
    Action("share.ledger", "导出台账…", "交换", line_before=True),
    Action("share.web", "导出网页标注…", "交换", line_before=True),
    Action("share.open_web", "导入网页标注…", "交换"),
    Action("tool.doubts", "本期待核事项…", "工具"),
    Action("tool.check", "自检…", "工具", line_before=True),
    Action("tool.backup", "备份…", "工具"),
    Action("tool.restore", "恢复…", "工具"),
    Action("tool.passphrase_set", "设置口令…", "工具", line_before=True),
    Action("tool.passphrase_change", "更改口令…", "工具"),
    Action("tool.passphrase_remove", "取消口令…", "工具"),
    Action("tool.palette", "命令面板…", "工具", "Ctrl+Shift+P", line_before=True),
    Action("tool.keys", "快捷键…", "工具", "F1"),
    Action("help.about", "关于要参阅读", "帮助"),
)

TOOLBAR: tuple[str, ...] = (
    "file.open", "file.import", "|", "view.back", "view.forward", "|", "view.page", "view.reading", "view.both", "|",
    "view.smaller", "zoom", "view.larger", "view.fit_width", "page", "|", "mark.yellow", "mark.note", "memo.add", " ", "edit.find",
)  # fmt: skip
