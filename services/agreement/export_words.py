"""The words of an exported list in three languages."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str, str]]
ORDER = ("en", "zh-Hans", "zh-Hant")

COLUMNS: Words = {
    "id": ("ID", "编号", "編號"),
    "title": ("Title", "标题", "標題"),
    "status": ("Status", "状态", "狀態"),
    "initiator": ("Sender", "发起人", "發起人"),
    "initiator_email": ("Sender's e-mail", "发起人邮箱", "發起人電子郵件"),
    "signers": ("Signers", "签署人", "簽署人"),
    "created_at": ("Created", "创建时间", "建立時間"),
    "sent_at": ("Sent", "发送时间", "傳送時間"),
    "deadline": ("Deadline", "截止时间", "截止時間"),
    "completed_at": ("Completed", "完成时间", "完成時間"),
}
STATES: Words = {
    "draft": ("Draft", "草稿", "草稿"),
    "sent": ("Waiting for signatures", "签署中", "簽署中"),
    "completing": ("Being completed", "正在完成", "正在完成"),
    "completed": ("Completed", "已完成", "已完成"),
    "declined": ("Declined", "已拒签", "已拒簽"),
    "voided": ("Voided", "已撤销", "已撤銷"),
    "expired": ("Expired", "已过期", "已過期"),
}
SIGNER_STATES: Words = {
    "draft": ("not sent", "未发送", "未傳送"),
    "signed": ("signed", "已签署", "已簽署"),
    "declined": ("declined", "已拒签", "已拒簽"),
    "locked": ("verification failed", "验证失败", "驗證失敗"),
    "bounced": ("mail refused", "邮件被退回", "郵件被退回"),
    "viewed": ("viewed", "已查看", "已檢視"),
    "delivered": ("request delivered", "通知已送达", "通知已送達"),
    "invited": ("request mailed", "已发送通知", "已傳送通知"),
    "waiting": ("waiting", "等待中", "等待中"),
}
FILE_NAME = {"file": ("agreements", "合同列表", "合約清單")}


def say(words: Words, key: str, language: str) -> str:
    """The word in the language."""
    return words[key][ORDER.index(language) if language in ORDER else 0]
