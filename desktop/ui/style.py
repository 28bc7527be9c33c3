"""The look of the window as one style sheet and palette made from a theme: calm, dense, hairlines, one accent colour.

Widgets ask for a look by a `role` property ("primary", "faint", "warning", "heading", "flat", "card", …), never by a colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.colors import mix
from desktop.ui.families import first_present
from desktop.ui.theme import DARK, LIGHT, THEMES, Theme

_STYLE = "Fusion"
INTERFACE_FAMILIES = (
    "微软雅黑", "Microsoft YaHei UI", "Microsoft YaHei", "苹方-简", "PingFang SC", "思源黑体", "Source Han Sans SC",
    "Noto Sans CJK SC", "Noto Sans SC", "文泉驿微米黑", "WenQuanYi Micro Hei", "文泉驿正黑", "WenQuanYi Zen Hei",
    "宋体", "SimSun",
)  # fmt: skip

_SHEET = Template("""
QWidget { color: $text; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow, QDialog, QMessageBox, QStackedWidget,
QScrollArea, QScrollArea > QWidget > QWidget, QTabWidget::pane { background: $window; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 5px 7px; }

QMenuBar { background: $window; border-bottom: 1px solid $line; padding: 1px 4px; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 3px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px 0; }
QMenu::item { padding: 5px 28px 5px 26px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QToolBar { background: $window; border: 0; border-bottom: 1px solid $line; padding: 3px 6px; spacing: 2px; }
QToolBar::separator { width: 1px; background: $line; margin: 5px 6px; }
QStatusBar { background: $window; border-top: 1px solid $line; color: $faint; }
QStatusBar QLabel { color: $faint; padding: 1px 6px; }
QStatusBar::item { border: 0; }

QPushButton, QToolButton {
    background: $button; color: $text; border: 1px solid $line; border-radius: 4px; padding: 4px 11px; min-height: 18px; }
QToolBar QToolButton, QToolButton[role="flat"],
QPushButton[role="flat"] { background: transparent; border-color: transparent; padding: 4px 8px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed,
QPushButton:checked, QToolButton:checked { background: $selected; border-color: $accent_line; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; }
QPushButton[role="primary"] { background: $accent; color: $accent_text; border-color: $accent; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:disabled { background: $idle; color: $disabled; border-color: $line; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 3px 10px; }
QPushButton[role="word"] {
    background: transparent; border: 0; border-bottom: 1px dotted $faint; border-radius: 0; padding: 1px 1px;
    min-height: 16px; }
QPushButton[role="word"]:hover, QPushButton[role="word"]:focus {
    color: $accent; border-bottom: 1px solid $accent; background: transparent; }
QToolButton[role="swatch"] { background: transparent; border: 1px solid transparent; padding: 3px; min-height: 20px; }
QToolButton[role="tab-close"] { background: transparent; border: 0; padding: 0; min-height: 16px; color: $faint; }
QToolButton[role="tab-close"]:hover { background: $hover; color: $text; border-radius: 3px; }
QToolButton[role="swatch"]:hover { background: $hover; border-color: $line; }
QToolButton[role="swatch"]:focus { border: 1px solid $accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QFileDialog QToolButton { padding: 2px; min-height: 16px; }

QLineEdit, QPlainTextEdit, QComboBox[role="choice"], QSpinBox, QDoubleSpinBox {
    background: $surface; border: 1px solid $line; border-radius: 4px; padding: 4px 7px; min-height: 18px;
  selection-background-color: $selection; selection-color: $text; }
QLineEdit QToolButton { background: transparent; border: 0; padding: 0; margin: 0; min-height: 0; }
QComboBox[role="choice"] { padding-right: 20px; }
QComboBox[role="choice"]::drop-down { border: 0; width: 18px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled { background: $idle; color: $disabled; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox[role="choice"]:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: 1px solid $accent; }
QComboBox QAbstractItemView {
    background: $surface; border: 1px solid $line; selection-background-color: $selected; selection-color: $text;
    outline: 0; }
QCheckBox::indicator:unchecked { width: 12px; height: 12px; border: 1px solid $faint; border-radius: 3px; background: $surface; }
QCheckBox { spacing: 6px; padding: 2px; border: 1px solid transparent; border-radius: 3px; }
QRadioButton { spacing: 6px; padding: 2px; border: 1px solid transparent; border-radius: 3px; }
QRadioButton::indicator { width: 10px; height: 10px; border: 1px solid $faint; border-radius: 6px; background: $surface; }
QRadioButton::indicator:checked { background: $accent; border: 1px solid $text; }
QRadioButton:focus { border: 1px solid $accent; }
QCheckBox:focus { border: 1px solid $accent; }

QAbstractItemView { background: $surface; alternate-background-color: $surface; border: 0; outline: 0;
  selection-background-color: $selected; selection-color: $text; }
QTreeView, QListView { border-top: 1px solid $line; }
QTreeView:focus, QListView:focus { border-top: 1px solid $accent; }
QTreeView::item, QListView::item { border: 0; }
QListView::item:selected { background: $selected; color: $text; }
QTreeView::branch { background: transparent; }
QHeaderView::section { background: $window; border: 0; border-bottom: 1px solid $line; padding: 4px 8px; }

QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QTabBar { background: $window; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $faint; padding: 6px 13px; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { background: $hover; color: $text; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; margin: 0; }
QSplitter::handle:vertical { height: 1px; margin: 0; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: $window; }

QLabel { background: transparent; }
QLabel[role="faint"] { color: $faint; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="heading"] { color: $faint; font-weight: bold; }
QLabel[role="title"] { font-weight: bold; }
QFrame[role="rule"] { background: $line; max-height: 1px; min-height: 1px; border: 0; }
QFrame[role="stroke"] { background: $line; min-width: 1px; max-width: 1px; border: 0; margin: 4px 3px; }
QFrame[role="card"] { background: $surface; border: 1px solid $edge; border-radius: 6px; }
QFrame[role="popup"] { background: $window; border: 1px solid $edge; }
QWidget[role="panel"] { background: $window; }
QWidget[role="sheet"] { background: $surface; }
""")


def _colors(theme: Theme) -> dict[str, str]:
    contrast = theme.name == "contrast"
    return {
        **{name: getattr(theme, name) for name in (
            "window", "surface", "text", "faint", "line", "accent", "accent_text", "selected", "selection", "warning")},
        "button": theme.surface,
        "hover": mix(theme.text, theme.window, 0.25 if contrast else 0.07).name(),
        "handle": mix(theme.text, theme.window, 0.6 if contrast else 0.22).name(),
        "idle": mix(theme.text, theme.window, 0.0 if contrast else 0.05).name(),
        "disabled": mix(theme.faint, theme.window, 0.6).name(),
        "edge": mix(theme.text, theme.window, 1.0 if contrast else 0.28).name(),
        "accent_hover": mix(theme.accent, theme.text, 0.85).name(),
        "accent_line": mix(theme.accent, theme.selected, 1.0 if contrast else 0.45).name(),
    }  # fmt: skip


def stylesheet(theme: Theme) -> str:
    """The style sheet of the whole window."""
    return _SHEET.substitute(_colors(theme))


def palette(theme: Theme) -> QPalette:
    """The palette for what a style sheet does not reach: file dialogs, check marks, what widgets paint themselves."""
    made, roles = QPalette(), QPalette.ColorRole
    colors = {
        roles.Window: theme.window, roles.Base: theme.surface, roles.AlternateBase: theme.surface, roles.Button: theme.surface,
        roles.Text: theme.text, roles.WindowText: theme.text, roles.ButtonText: theme.text, roles.BrightText: theme.accent,
        roles.Highlight: theme.selected, roles.HighlightedText: theme.text, roles.ToolTipBase: theme.surface,
        roles.ToolTipText: theme.text, roles.PlaceholderText: theme.faint, roles.Link: theme.accent, roles.Mid: theme.line,
        roles.Accent: theme.accent,
    }  # fmt: skip
    for role, color in colors.items():
        made.setColor(role, QColor(color))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, mix(theme.faint, theme.window, 0.6))
    return made


def interface_font(base: QFont) -> QFont:
    """The system's own font at its own size, with a Chinese family to fall back on where it lacks Chinese."""
    font = QFont(base)
    chinese = first_present(INTERFACE_FAMILIES)
    if chinese and chinese not in font.families():
        font.setFamilies([*font.families(), chinese])
    return font


def theme_of(name: str) -> Theme:
    """The theme of a setting; for any other name ("system") what the desktop says."""
    if name in THEMES:
        return THEMES[name]
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def application(program: Sequence[str]) -> QApplication:
    """The application, in our style from the beginning: set later it comes back as an object whose kind PySide6 looks for, 4 ms of a start."""
    app = QApplication([*program, "-style", _STYLE])
    app.setProperty("styled", True)
    return app


def set_type(app: QApplication) -> None:
    """The style and the interface font, once and before any widget is made: one made earlier would keep another font."""
    if not app.property("typed"):
        if not app.property("styled"):
            app.setStyle(_STYLE)
        app.setFont(interface_font(app.font()))
        app.setProperty("typed", True)


def apply_style(app: QApplication, theme: Theme) -> None:
    """Dress the whole application; nothing happens when it wears this already."""
    sheet = stylesheet(theme)
    if app.styleSheet() == sheet:
        return
    set_type(app)
    app.setPalette(palette(theme))
    app.setStyleSheet(sheet)


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget one of the looks named above; also after it was shown."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
