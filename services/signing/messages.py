"""Sentences for the codes of *signing*, with those of the document library."""

from __future__ import annotations

from collections.abc import Mapping

from documents.errors import CODES

_ROWS: Mapping[str, tuple[str, str, str]] = {
    "link_replaced": ("This link was replaced by a newer one; please use the newest mail.", "此链接已被新链接取代，请使用最新邮件中的链接。", "此連結已被新連結取代，請使用最新郵件中的連結。"),
    "link_expired": ("This link is no longer valid.", "此链接已失效。", "此連結已失效。"),
    "not_your_turn": ("It is not your turn to sign yet; you will get a mail.", "还未轮到您签署，届时会邮件通知您。", "還未輪到您簽署，屆時會以郵件通知您。"),
    "not_their_turn": ("This person cannot sign at the moment.", "此人目前无法签署。", "此人目前無法簽署。"),
    "preparing": ("The document is being prepared; please try again shortly.", "文件正在准备中，请稍后重试。", "文件正在準備中，請稍後重試。"),
    "already_signed": ("You have already signed.", "您已完成签署。", "您已完成簽署。"),
    "voided": ("The sender has withdrawn this agreement.", "发起人已撤销此协议。", "發起人已撤銷此協議。"),
    "declined": ("This agreement was declined and has ended.", "此协议已被拒签并终止。", "此協議已被拒簽並終止。"),
    "expired": ("The deadline of this agreement has passed.", "此协议已过截止时间。", "此協議已過截止時間。"),
    "completed": ("This agreement is completed.", "此协议已完成。", "此協議已完成。"),
    "not_completed": ("This agreement is not completed yet.", "此协议尚未完成。", "此協議尚未完成。"),
    "open": ("This agreement is open for signing.", "此协议正在签署中。", "此協議正在簽署中。"),
    "verification_locked": ("All tries are used up; please ask the sender for a new link.", "尝试次数已用完，请联系发起人重新发送链接。", "嘗試次數已用完，請聯絡發起人重新傳送連結。"),
    "check_required": ("Please pass the check first.", "请先通过验证。", "請先通過驗證。"),
    "check_not_required": ("This check is not asked of you.", "您无需进行此项验证。", "您無需進行此項驗證。"),
    "browser_unknown": ("Please allow cookies for this page.", "请允许此页面使用 Cookie。", "請允許此頁面使用 Cookie。"),
    "code_wrong": ("This code is not correct.", "验证码不正确。", "驗證碼不正確。"),
    "code_expired": ("There is no valid code; please have a new one mailed.", "验证码无效或已过期，请重新获取。", "驗證碼無效或已過期，請重新取得。"),
    "code_too_soon": ("Please wait a minute before asking for a new code.", "请稍候一分钟再获取新验证码。", "請稍候一分鐘再取得新驗證碼。"),
    "too_many_codes": ("Too many codes were mailed; please ask the sender for a new link.", "验证码发送次数过多，请联系发起人重新发送链接。", "驗證碼傳送次數過多，請聯絡發起人重新傳送連結。"),
    "consent_required": ("Please accept the use of electronic signatures first.", "请先同意使用电子签名。", "請先同意使用電子簽章。"),
    "consent_outdated": ("The text was changed; please read and accept the current one.", "文本已更新，请阅读并同意最新版本。", "文本已更新，請閱讀並同意最新版本。"),
    "fields_missing": ("Some required fields are still empty.", "部分必填控件尚未填写。", "部分必填欄位尚未填寫。"),
    "value_not_accepted": ("This field does not take this kind of value.", "此控件不接受该类型的内容。", "此欄位不接受該類型的內容。"),
    "text_not_accepted": ("This text is empty, too long, or contains characters that are not allowed.", "文本为空、过长或包含不允许的字符。", "文字為空、過長或包含不允許的字元。"),
    "date_not_valid": ("This is not a valid date.", "日期无效。", "日期無效。"),
    "seal_not_granted": ("You may not use this seal.", "您无权使用此印章。", "您無權使用此印章。"),
    "signature_unknown": ("There is no such saved signature.", "没有这个已保存的签名。", "沒有這個已儲存的簽名。"),
}  # fmt: skip

MESSAGES = {**CODES, **{code: dict(zip(("en", "zh-Hans", "zh-Hant"), row, strict=True)) for code, row in _ROWS.items()}}
