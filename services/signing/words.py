"""What stands in papers and pages, in three languages."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str, str]]
ORDER = ("en", "zh-Hans", "zh-Hant")

KIND_WORDS: Words = {
    "created": ("Agreement created", "协议已创建", "協議已建立"),
    "sent": ("Sent for signing", "已发送签署", "已傳送簽署"),
    "prepared": ("Document prepared and certified", "文件已准备并认证", "文件已準備並認證"),
    "invited": ("Invitation issued", "已发出签署邀请", "已發出簽署邀請"),
    "reminded": ("Reminder issued", "已发出提醒", "已發出提醒"),
    "resent": ("New link issued, earlier links ended", "已重发链接，旧链接失效", "已重發連結，舊連結失效"),
    "delivered": ("Mail taken by the mail server", "邮件已送达邮件服务器", "郵件已送達郵件伺服器"),
    "bounced": ("Mail refused by the mail server", "邮件被邮件服务器拒收", "郵件被郵件伺服器拒收"),
    "opened": ("Agreement opened", "已打开协议", "已開啟協議"),
    "code_sent": ("Verification code mailed", "已发送验证码邮件", "已傳送驗證碼郵件"),
    "check_passed": ("Verification passed", "验证已通过", "驗證已通過"),
    "check_failed": ("Verification failed", "验证失败", "驗證失敗"),
    "locked": ("Locked after too many tries", "尝试次数过多，已锁定", "嘗試次數過多，已鎖定"),
    "consented": ("Electronic signatures accepted", "已同意使用电子签名", "已同意使用電子簽章"),
    "field_filled": ("Field filled in", "已填写控件", "已填寫欄位"),
    "signed": ("Signing finished", "已完成签署", "已完成簽署"),
    "signature_applied": ("Digital signature applied", "已加盖数字签名", "已套用數位簽章"),
    "archived": ("Archive time stamp applied", "已加盖存档时间戳", "已套用存檔時間戳"),
    "corrected": ("Corrected by the sender", "发起人已更正", "發起人已更正"),
    "reassigned": ("Handed over to somebody else", "已转交他人签署", "已轉交他人簽署"),
    "declined": ("Declined", "已拒签", "已拒簽"),
    "voided": ("Withdrawn by the sender", "发起人已撤销", "發起人已撤銷"),
    "expired": ("Deadline passed", "已过截止时间", "已過截止時間"),
    "completed": ("Completed", "已完成", "已完成"),
    "downloaded": ("Finished files downloaded", "已下载完成文件", "已下載完成檔案"),
    "removed": (
        "Files and personal data removed, time over",
        "保存期满，文件与个人数据已删除",
        "保存期滿，檔案與個人資料已刪除",
    ),
    "erased": ("Personal data erased", "个人数据已删除", "個人資料已刪除"),
}
CHECKS: Words = {
    "none": ("Possession of the link sent to the mailbox", "持有发至邮箱的链接", "持有傳至信箱的連結"),
    "access_code": ("Access code given by the sender", "发起人设置的访问码", "發起人設定的存取碼"),
    "email_code": ("Possession of the mailbox, by code", "以验证码证明持有邮箱", "以驗證碼證明持有信箱"),
}
NAMES: Words = {"signer": ("Signer", "签署人", "簽署人")}


def word(words: Words, key: str, language: str) -> str:
    """The word in the language; English for unknown ones."""
    return words[key][ORDER.index(language) if language in ORDER else 0]
