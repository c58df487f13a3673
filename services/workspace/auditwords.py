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
    "workspace": _say("Workspace", "工作空间", "工作空間"),
    "members": _say("Members", "成员", "成員"),
    "agreements": _say("Agreements and templates", "协议与模板", "協議與範本"),
    "seals": _say("Seals", "印章", "印章"),
    "billing": _say("Billing", "费用", "費用"),
    "system": _say("System", "系统", "系統"),
    "agreements_removed": _say("Agreements removed, time over", "协议到期移除", "協議屆滿移除"),
    "work_handed_over": _say("Agreements handed over", "移交协议", "移交協議"),
    "template_saved": _say("Template saved", "保存模板", "儲存範本"),
    "template_renamed": _say("Template renamed", "重命名模板", "重新命名範本"),
    "template_deleted": _say("Template deleted", "删除模板", "刪除範本"),
    "seal_created": _say("Seal created", "创建印章", "建立印章"),
    "seal_changed": _say("Seal changed", "修改印章", "變更印章"),
    "seal_granted": _say("Member authorised to use a seal", "授权成员使用印章", "授權成員使用印章"),
    "seal_revoked": _say("Seal withdrawn from a member", "撤销成员的印章授权", "撤銷成員的印章授權"),
    "seal_used": _say("Seal used", "使用印章", "使用印章"),
    "seal_deleted": _say("Seal deleted", "删除印章", "刪除印章"),
    "order_placed": _say("Order placed", "提交订单", "送出訂單"),
    "order_paid": _say("Order paid", "订单付款到账", "訂單付款入帳"),
    "order_cancelled": _say("Order cancelled", "取消订单", "取消訂單"),
    "order_expired": _say("Unpaid order expired", "订单逾期未付款", "訂單逾期未付款"),
    "order_refunded": _say("Order refunded", "订单退款", "訂單退款"),
    "plan_upgraded": _say("Plan upgraded", "套餐升级", "方案升級"),
    "plan_downgraded": _say("Plan downgraded", "套餐降级", "方案降級"),
    "plan_extended": _say("Plan renewed", "套餐续期", "方案續期"),
    "plan_ended": _say("Plan ended", "套餐到期", "方案到期"),
    "seats_changed": _say("Number of seats changed", "席位数变更", "席次數變更"),
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
    "people": _say("People", "人数", "人數"),
    "taker": _say("To", "移交给", "移交給"),
    "agreements": _say("Agreements", "协议数", "協議數"),
    "agreement": _say("Agreement", "协议", "協議"),
    "name_before": _say("Name before", "原名称", "原名稱"),
    "size": _say("Size", "尺寸", "尺寸"),
    "size_before": _say("Size before", "原尺寸", "原尺寸"),
    "member": _say("Member", "成员", "成員"),
    "product": _say("Product", "商品", "商品"),
    "quantity": _say("Quantity", "数量", "數量"),
    "purchase": _say("Kind of order", "订单类型", "訂單類型"),
    "amount": _say("Amount", "金额", "金額"),
    "provider": _say("Payment", "付款方式", "付款方式"),
    "buyer": _say("Ordered by", "下单人", "下單人"),
    "plan": _say("Plan", "套餐", "方案"),
    "plan_before": _say("Plan before", "原套餐", "原方案"),
    "seats": _say("Seats", "席位数", "席次數"),
    "seats_before": _say("Seats before", "原席位数", "原席次數"),
    "until": _say("Until (UTC)", "有效期至（UTC）", "有效期至（UTC）"),
    "order": _say("Order", "订单号", "訂單編號"),
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "admin": _say("Admin", "管理员", "管理員"),
    "initiator": _say("Initiator", "发起人", "發起人"),
    "unlimited": _say("no limit", "不限", "不限"),
    "start": _say("Plan bought", "购买套餐", "購買方案"),
    "renew": _say("Renewal", "续费", "續費"),
    "upgrade": _say("Upgrade", "升级", "升級"),
    "downgrade": _say("Downgrade", "降级", "降級"),
    "seats": _say("Seats", "席位", "席次"),
    "pack": _say("Pack", "资源包", "加購包"),
    "invoice": _say("Invoice", "对公转账", "銀行轉帳"),
    "stripe": _say("Stripe", "Stripe", "Stripe"),
    "sandbox": _say("Sandbox", "沙盒", "沙盒"),
}
CODED = ("roles", "roles_before", "seats", "seats_before", "purchase", "provider")  # whose values are words of ours
USUAL = _say("default", "默认", "預設")
NONE = _say("none", "无", "無")
FOREVER = _say("for ever", "永久", "永久")


def told(detail: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """The details of an entry by name and value, in a language."""
    return [{"name": DETAILS[name][language], "value": _value(name, value, language)} for name, value in detail.items()]


def written(detail: Mapping[str, Any], language: str) -> str:
    """The same in one line."""
    colon, between = (": ", "; ") if language == "en" else ("：", "；")
    return between.join(f"{row['name']}{colon}{row['value']}" for row in told(detail, language))


def _value(name: str, value: Any, language: str) -> str:
    if isinstance(value, dict):
        return str(value[language])
    if isinstance(value, list):
        return ", ".join(_value(name, one, language) for one in value) or NONE[language]
    if value is None:
        return (FOREVER if name.startswith("retention_days") else USUAL)[language]
    return VALUES[value][language] if name in CODED and value in VALUES else str(value)
