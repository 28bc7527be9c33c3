"""The words of the command line: one table of commands; help and complaints in Chinese."""

from __future__ import annotations

import argparse
from typing import NoReturn

from desktop.errors import WrongUsage


class ChineseParser(argparse.ArgumentParser):
    """An argument parser whose complaint is one Chinese sentence."""

    def error(self, message: str) -> NoReturn:
        """Refuse the words; the caller prints the sentence and leaves with exit code 2."""
        raise WrongUsage(f"命令用法不对（{message}）。用 {self.prog} --help 查看用法。")


def _shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", metavar="目录", default=argparse.SUPPRESS, help="资料库目录，缺省为用户数据目录")
    parser.add_argument(
        "--passphrase-file", metavar="文件", default=argparse.SUPPRESS, help="资料库口令所在的文件（首行）；- 为标准输入"
    )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def _password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-file", metavar="文件", help="加密 PDF 的密码所在的文件，每行一个，依次试用；- 为标准输入的一行"
    )


def _parse(p: argparse.ArgumentParser) -> None:
    p.add_argument("file", metavar="文件")
    p.add_argument("--password", metavar="密码", help="加密 PDF 的密码；别人能在进程列表里看到，宜用 --password-file")
    _password(p)
    _json(p)


def _import(p: argparse.ArgumentParser) -> None:
    p.add_argument("paths", metavar="文件或目录", nargs="+")
    p.add_argument("--report", metavar="文件", help="把每个文件的结果写成表格（CSV）")
    _password(p)
    _json(p)


def _list(p: argparse.ArgumentParser) -> None:
    p.add_argument("issue", metavar="期", nargs="?", help="期的编号；给出时列出该期各条")
    _json(p)


def _search(p: argparse.ArgumentParser) -> None:
    p.add_argument("query", metavar="检索词")
    p.add_argument("--field", metavar="领域")
    p.add_argument("--section", metavar="栏目")
    p.add_argument("--region", metavar="地区")
    p.add_argument("--from", dest="date_from", metavar="日期")
    p.add_argument("--to", dest="date_to", metavar="日期")
    p.add_argument("--marked", action="store_true", help="只看有标注的条目")
    p.add_argument("--order", choices=["relevance", "newest"], default="relevance", help="排序")
    p.add_argument("--limit", type=int, default=50, metavar="条数")
    _json(p)


def _suggest(p: argparse.ArgumentParser) -> None:
    p.add_argument("item", metavar="条目", nargs="?")
    p.add_argument("--text-file", metavar="文件", help="对一个文本文件提出建议，不涉及资料库")
    p.add_argument("--all", dest="everything", action="store_true", help="列出全库建议而未标的条目")
    p.add_argument("--field", default="", metavar="领域", help="与 --all 同用：只列应标这一领域的条目")
    p.add_argument("--title", metavar="标题", default="")
    _json(p)


def _tag(p: argparse.ArgumentParser) -> None:
    p.add_argument("item", metavar="条目")
    p.add_argument("fields", metavar="领域[/子领域]", nargs="+")
    p.add_argument("--remove", action="store_true", help="去掉而不是加上")


def _mark(p: argparse.ArgumentParser) -> None:
    p.add_argument("item", metavar="条目")
    p.add_argument("--quote", required=True, metavar="文字")
    p.add_argument("--nth", type=int, default=1, metavar="第几处")
    p.add_argument("--color", choices=["yellow", "green", "blue", "red"], default="yellow")
    p.add_argument("--note", default="", metavar="批注")
    p.add_argument("--field", action="append", default=[], metavar="领域")
    _json(p)


def _marks(p: argparse.ArgumentParser) -> None:
    p.add_argument("--field", metavar="领域")
    p.add_argument("--issue", metavar="期")
    _json(p)


def _memo(p: argparse.ArgumentParser) -> None:
    p.add_argument("--field", action="append", default=[], metavar="领域")
    p.add_argument("--from", dest="date_from", metavar="日期")
    p.add_argument("--to", dest="date_to", metavar="日期")
    p.add_argument("--marks-only", action="store_true", help="只摘划线的文字")
    p.add_argument(
        "--group", choices=["field", "level", "level-outside", "level-inside", "region", "issue", "none"], help="分组方式"
    )
    p.add_argument(
        "--kind", default="", metavar="种类", help="信息摘编（默认）、要情摘报、专报、领导参阅、呈阅件，或本单位的模板"
    )
    p.add_argument("--title", default="", metavar="标题")
    p.add_argument("--unit", default="", metavar="单位")
    p.add_argument("-o", "--output", required=True, metavar="文件", help=".docx、.pdf、.md 或 .txt")


def _check(p: argparse.ArgumentParser) -> None:
    _json(p)


def _file(p: argparse.ArgumentParser) -> None:
    p.add_argument("file", metavar="文件")


def _fields(p: argparse.ArgumentParser) -> None:
    p.add_argument("--import", dest="import_file", metavar="文件", help="换用文件里的词表")
    p.add_argument("--export", dest="export_file", metavar="文件", help="把现用词表写到文件")
    p.add_argument("--rename", nargs=2, metavar=("旧名", "新名"), help="领域或子领域改名，标注随之改名")
    p.add_argument("--merge", nargs=2, metavar=("子领域", "并入"), help="把一个子领域并入另一个，标注随之改变")
    p.add_argument("--split", nargs="+", metavar="词", help="拆分：子领域 新名称 代码 词语…；标注不变")
    p.add_argument("--preview", action="store_true", help="只说明改名、并入、拆分的影响，不改动")
    p.add_argument("--learnt", action="store_true", help="列出从标注中习得的内容")
    p.add_argument("--forget", action="store_true", help="清除习得的内容，标注不变")
    _json(p)


def _overview(p: argparse.ArgumentParser) -> None:
    p.add_argument("--by", choices=["month", "issue", "region", "level"], default="month", help="横向：月份、期、地区或层级")
    p.add_argument("-o", "--output", metavar="文件", help="写成表格（CSV）")
    _json(p)


def _share(p: argparse.ArgumentParser) -> None:
    p.add_argument("file", metavar="文件", help=".ycx 标注包、.json 网页标注、.xlsx 或 .csv 台账、.pdf 带标注的副本")
    p.add_argument("--issue", metavar="期", help="只导出这一期；导出 .pdf 时必须给出")
    p.add_argument("--author", default="", metavar="署名")
    p.add_argument("--with-files", action="store_true", help="标注包附上原件")
    _password(p)


def _receive(p: argparse.ArgumentParser) -> None:
    p.add_argument("file", metavar="文件", help=".ycx 标注包、.json 网页标注或带标注的 .pdf")
    p.add_argument("--preview", action="store_true", help="只看标注包会带来什么，不合并")
    p.add_argument("--issue", metavar="期", help="网页标注没有说明在哪一期时，在这一期里定位")
    _password(p)


def _revisions(p: argparse.ArgumentParser) -> None:
    p.add_argument("issue", metavar="期")
    p.add_argument("--use", type=int, metavar="第几份", help="换用这一份文件，划线和更正随文字迁移")
    _password(p)
    _json(p)


def _remove(p: argparse.ArgumentParser) -> None:
    p.add_argument("issue", metavar="期")
    p.add_argument("--yes", action="store_true", help="直接移除，不再询问")


def _correct(p: argparse.ArgumentParser) -> None:
    what = p.add_subparsers(dest="what", metavar="做什么", required=True)
    add = what.add_parser("add", help="更正一处", allow_abbrev=False)
    add.add_argument("item", metavar="条目")
    add.add_argument("--quote", required=True, metavar="文字", help="要更正的文字；合并、分段、标题则是那一段开头的文字")
    add.add_argument("--nth", type=int, default=1, metavar="第几处")
    kind = add.add_mutually_exclusive_group(required=True)
    kind.add_argument("--read", metavar="文字", help="勘误：应为这些文字")
    kind.add_argument("--merge", action="store_true", help="与上一段合并")
    kind.add_argument("--split", action="store_true", help="从这里起另分一段")
    kind.add_argument("--title", action="store_true", help="这一段是标题")
    listed = what.add_parser("list", help="列出更正", allow_abbrev=False)
    listed.add_argument("where", metavar="期或条目", nargs="?")
    remove = what.add_parser("remove", help="撤回一处更正", allow_abbrev=False)
    remove.add_argument("uid", metavar="编号")
    for one in (add, listed, remove):
        _shared(one)
    for one in (add, listed):
        _json(one)


def _passphrase(p: argparse.ArgumentParser) -> None:
    p.add_argument("what", metavar="操作", choices=["set", "change", "remove"], help="set 设置、change 更改、remove 取消")
    p.add_argument("--new-passphrase-file", metavar="文件", help="新口令所在的文件（首行）；不给出则在终端上输入")
    p.add_argument("--delete-former", action="store_true", help="同时删除以前恢复备份时留在旁边的资料库")


def _demo(p: argparse.ArgumentParser) -> None:
    p.add_argument("--out", required=True, metavar="目录")


COMMANDS = {
    "parse": ("解析一个文件的结构，不涉及资料库", _parse),
    "import": ("把文件和目录收入资料库", _import),
    "list": ("列出各期；给出期则列出该期各条", _list),
    "search": ("全库检索", _search),
    "suggest": ("建议重点领域并给出依据", _suggest),
    "tag": ("给条目或要点标注领域", _tag),
    "mark": ("划线标注一段文字", _mark),
    "marks": ("列出标注", _marks),
    "memo": ("生成信息摘编", _memo),
    "check": ("自检", _check),
    "backup": ("备份到一个文件", _file),
    "restore": ("从备份恢复，现有资料库另存", _file),
    "fields": ("查看、导入、导出领域词表", _fields),
    "overview": ("统计各领域的条目与划线", _overview),
    "share": ("导出标注包、带标注的 PDF、台账或网页标注", _share),
    "receive": ("合并别人给的标注", _receive),
    "reread": ("用现在的程序重读旧版本读出的各期，并核对划线", _password),
    "correct": ("更正正文：勘误、合并、分段、设为标题；原文不动，可撤回", _correct),
    "revisions": ("列出一期的各份文件和修订对照，或换用其中一份", _revisions),
    "remove": ("从资料库移除一期；打开窗口后可撤销", _remove),
    "passphrase": ("给资料库设置、更改或取消口令；口令忘记后无法找回", _passphrase),
    "demo": ("用示例走完全部流程", _demo),
}


def build() -> ChineseParser:
    """The parser of the whole command line; `command` is the chosen command."""
    parser = ChineseParser(prog="yaocan", description="要参阅读：不带命令则打开窗口。", allow_abbrev=False)
    _shared(parser)
    subparsers = parser.add_subparsers(dest="command", metavar="命令", required=True)
    for name, (text, arguments) in COMMANDS.items():
        sub = subparsers.add_parser(name, help=text, description=text, allow_abbrev=False)
        _shared(sub)
        arguments(sub)
    return parser


def build_window() -> ChineseParser:
    """The parser of the window's few options: files to open, the library, and the pictures that `demo` takes."""
    parser = ChineseParser(prog="yaocan", add_help=False, allow_abbrev=False)
    _shared(parser)
    parser.add_argument("--pictures", metavar="目录", help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*")
    return parser


def wants_window(words: list[str]) -> bool:
    """Whether the words name no command: nothing at all, only options of the window, or files dropped on the program."""
    rest = iter(words)
    for word in rest:
        if word in ("--library", "--passphrase-file", "--pictures"):
            next(rest, None)
        elif word in ("-h", "--help"):
            return False
        elif not word.startswith("--"):
            return word not in COMMANDS and ("." in word or "/" in word or "\\" in word)
    return True
