"""What the audit log calls things, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "en": ("Time (UTC)", "By", "E-mail", "IP address", "Action", "What", "Details"),
    "zh-Hans": ("时间（UTC）", "操作人", "邮箱", "IP 地址", "操作", "对象", "详情"),
    "zh-Hant": ("時間（UTC）", "操作人", "電子郵件", "IP 位址", "操作", "對象", "詳情"),
}


def _say(en: str, hans: str, hant: str) -> dict[str, str]:
    return {"en": en, "zh-Hans": hans, "zh-Hant": hant}


WORDS: Mapping[str, Mapping[str, str]] = {
    "title": _say("Audit log", "审计日志", "稽核記錄"),
    "workspace_renamed": _say("Workspace renamed", "修改工作空间名称", "變更工作空間名稱"),
    "settings_changed": _say("Settings changed", "修改设置", "變更設定"),
    "logo_changed": _say("Logo changed", "更换徽标", "更換標誌"),
    "logo_removed": _say("Logo removed", "移除徽标", "移除標誌"),
    "workspace_closed": _say("Workspace closed", "关闭工作空间", "關閉工作空間"),
    "member_invited": _say("Member invited", "邀请成员", "邀請成員"),
    "invitation_resent": _say("Invitation sent again", "重新发送邀请", "重新寄送邀請"),
    "invitation_withdrawn": _say("Invitation withdrawn", "撤回邀请", "撤回邀請"),
    "member_joined": _say("Member joined", "成员加入", "成員加入"),
    "member_changed": _say("Member changed", "修改成员", "變更成員"),
    "member_disabled": _say("Member disabled", "停用成员", "停用成員"),
    "member_enabled": _say("Member enabled", "启用成员", "啟用成員"),
    "member_removed": _say("Member removed", "移除成员", "移除成員"),
    "member_left": _say("Member left", "成员退出", "成員退出"),
    "import_finished": _say("Many members invited", "批量邀请成员", "批次邀請成員"),
    "agreements_removed": _say("Agreements removed, time over", "协议到期移除", "協議屆滿移除"),
}

DETAILS: Mapping[str, Mapping[str, str]] = {
    "deadline_days": _say("Deadline (days)", "截止期限（天）", "簽署期限（天）"),
    "reminders": _say("Reminders (days before)", "提醒（提前天数）", "提醒（提前天數）"),
    "sender_name": _say("Sender name", "发件人名称", "寄件者名稱"),
    "colour": _say("Colour", "颜色", "顏色"),
    "roles": _say("Roles", "角色", "角色"),
    "roles_before": _say("Roles before", "原角色", "原角色"),
    "retention_days": _say("Keep ended agreements (days)", "已结束协议保留（天）", "已結束協議保存（天）"),
    "retention_days_before": _say("Before (days)", "原保留（天）", "原保存（天）"),
    "agreements": _say("Agreements", "协议数", "協議數"),
    "people": _say("People", "人数", "人數"),
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "admin": _say("Admin", "管理员", "管理員"),
    "initiator": _say("Initiator", "发起人", "發起人"),
}
USUAL = _say("default", "默认", "預設")
NONE = _say("none", "无", "無")
FOREVER = _say("for ever", "永久", "永久")


def told(detail: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """The details of an entry by name and value, in a language."""
    return [
        {"name": DETAILS[name][language], "value": _say_of(name, value, language)} for name, value in detail.items()
    ]


def _say_of(name: str, value: Any, language: str) -> str:
    if value is None and name.startswith("retention_days"):
        return FOREVER[language]
    return _value(value, language)


def _value(value: Any, language: str) -> str:
    if isinstance(value, list):
        return ", ".join(_value(one, language) for one in value) or NONE[language]
    if value is None:
        return USUAL[language]
    return VALUES[value][language] if value in VALUES else str(value)
