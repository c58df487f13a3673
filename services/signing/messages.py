"""Sentences for the codes of *signing*, with those of the document library."""

from __future__ import annotations

from documents.errors import CODES

MESSAGES = {
    **CODES,
    "file_missing": {
        "en": "Please choose a file.",
        "zh-Hans": "请选择文件。",
        "zh-Hant": "請選擇檔案。",
    },
    "link_replaced": {
        "en": "This link has ended; please use the newest mail, or ask the sender.",
        "zh-Hans": "此链接已失效，请使用最新邮件中的链接，或联系发起方。",
        "zh-Hant": "此連結已失效，請使用最新郵件中的連結，或聯絡發起方。",
    },
    "link_expired": {
        "en": "This link is no longer valid.",
        "zh-Hans": "此链接已失效。",
        "zh-Hant": "此連結已失效。",
    },
    "not_your_turn": {
        "en": "It is not your turn to sign yet; you will get a mail.",
        "zh-Hans": "还未轮到您签署，届时会邮件通知您。",
        "zh-Hant": "還未輪到您簽署，屆時會以郵件通知您。",
    },
    "not_their_turn": {
        "en": "This person cannot sign at the moment.",
        "zh-Hans": "此人目前无法签署。",
        "zh-Hant": "此人目前無法簽署。",
    },
    "preparing": {
        "en": "The document is being prepared; please try again shortly.",
        "zh-Hans": "文件正在准备中，请稍后重试。",
        "zh-Hant": "文件正在準備中，請稍後重試。",
    },
    "already_signed": {
        "en": "You have already signed.",
        "zh-Hans": "您已完成签署。",
        "zh-Hant": "您已完成簽署。",
    },
    "voided": {
        "en": "The sender has withdrawn this agreement.",
        "zh-Hans": "发起人已撤销此协议。",
        "zh-Hant": "發起人已撤銷此協議。",
    },
    "declined": {
        "en": "This agreement was declined and has ended.",
        "zh-Hans": "此协议已被拒签并终止。",
        "zh-Hant": "此協議已被拒簽並終止。",
    },
    "expired": {
        "en": "The deadline of this agreement has passed.",
        "zh-Hans": "此协议已过截止时间。",
        "zh-Hant": "此協議已過截止時間。",
    },
    "completed": {
        "en": "This agreement is completed.",
        "zh-Hans": "此协议已完成。",
        "zh-Hant": "此協議已完成。",
    },
    "not_completed": {
        "en": "This agreement is not completed yet.",
        "zh-Hans": "此协议尚未完成。",
        "zh-Hant": "此協議尚未完成。",
    },
    "open": {
        "en": "This agreement is open for signing.",
        "zh-Hans": "此协议正在签署中。",
        "zh-Hant": "此協議正在簽署中。",
    },
    "verification_locked": {
        "en": "All tries are used up; please ask the sender for a new link.",
        "zh-Hans": "尝试次数已用完，请联系发起人重新发送链接。",
        "zh-Hant": "嘗試次數已用完，請聯絡發起人重新傳送連結。",
    },
    "check_required": {
        "en": "Please pass the check first.",
        "zh-Hans": "请先通过验证。",
        "zh-Hant": "請先通過驗證。",
    },
    "check_not_required": {
        "en": "This check is not asked of you.",
        "zh-Hans": "您无需进行此项验证。",
        "zh-Hant": "您無需進行此項驗證。",
    },
    "browser_unknown": {
        "en": "Please allow cookies for this page.",
        "zh-Hans": "请允许此页面使用 Cookie。",
        "zh-Hant": "請允許此頁面使用 Cookie。",
    },
    "code_wrong": {
        "en": "This code is not correct.",
        "zh-Hans": "验证码不正确。",
        "zh-Hant": "驗證碼不正確。",
    },
    "code_expired": {
        "en": "There is no valid code; please have a new one mailed.",
        "zh-Hans": "验证码无效或已过期，请重新获取。",
        "zh-Hant": "驗證碼無效或已過期，請重新取得。",
    },
    "code_too_soon": {
        "en": "Please wait a minute before asking for a new code.",
        "zh-Hans": "请稍候一分钟再获取新验证码。",
        "zh-Hant": "請稍候一分鐘再取得新驗證碼。",
    },
    "too_many_codes": {
        "en": "Too many codes were mailed; please ask the sender for a new link.",
        "zh-Hans": "验证码发送次数过多，请联系发起人重新发送链接。",
        "zh-Hant": "驗證碼傳送次數過多，請聯絡發起人重新傳送連結。",
    },
    "consent_required": {
        "en": "Please accept the use of electronic signatures first.",
        "zh-Hans": "请先同意使用电子签名。",
        "zh-Hant": "請先同意使用電子簽章。",
    },
    "consent_outdated": {
        "en": "The text was changed; please read and accept the current one.",
        "zh-Hans": "文本已更新，请阅读并同意最新版本。",
        "zh-Hant": "文本已更新，請閱讀並同意最新版本。",
    },
    "fields_missing": {
        "en": "Some required fields are still empty.",
        "zh-Hans": "部分必填控件尚未填写。",
        "zh-Hant": "部分必填欄位尚未填寫。",
    },
    "value_not_accepted": {
        "en": "This field does not take this kind of value.",
        "zh-Hans": "此控件不接受该类型的内容。",
        "zh-Hant": "此欄位不接受該類型的內容。",
    },
    "text_not_accepted": {
        "en": "This text is empty, too long, or contains characters that are not allowed.",
        "zh-Hans": "文本为空、过长或包含不允许的字符。",
        "zh-Hant": "文字為空、過長或包含不允許的字元。",
    },
    "date_not_valid": {
        "en": "This is not a valid date.",
        "zh-Hans": "日期无效。",
        "zh-Hant": "日期無效。",
    },
    "seal_not_granted": {
        "en": "You may not use this seal.",
        "zh-Hans": "您无权使用此印章。",
        "zh-Hant": "您無權使用此印章。",
    },
    "signature_unknown": {
        "en": "There is no such saved signature.",
        "zh-Hans": "没有这个已保存的签名。",
        "zh-Hant": "沒有這個已儲存的簽名。",
    },
    "phone_link_used": {
        "en": "This has been used already; scan a new code on the other screen.",
        "zh-Hans": "此链接已使用，请在另一屏幕上扫描新的二维码。",
        "zh-Hant": "此連結已使用，請在另一螢幕上掃描新的二維碼。",
    },
    "phone_link_expired": {
        "en": "The time for this is over; scan a new code on the other screen.",
        "zh-Hans": "此链接已过期，请在另一屏幕上扫描新的二维码。",
        "zh-Hant": "此連結已過期，請在另一螢幕上掃描新的二維碼。",
    },
    "reassign_not_allowed": {
        "en": "The sender does not allow handing this over.",
        "zh-Hans": "发起人不允许转交他人签署。",
        "zh-Hant": "發起人不允許轉交他人簽署。",
    },
    "recipient_duplicate": {
        "en": "Somebody with this e-mail address signs this agreement already.",
        "zh-Hans": "该邮箱对应的人员已是此合同的签署人。",
        "zh-Hant": "該電子郵件對應的人員已是此合約的簽署人。",
    },
    "signer_has_signed": {
        "en": "This signer has signed and cannot be changed.",
        "zh-Hans": "该签署人已签署，无法更改。",
        "zh-Hant": "該簽署人已簽署，無法變更。",
    },
    "deadline_passed": {
        "en": "The deadline must be in the future.",
        "zh-Hans": "截止时间必须晚于现在。",
        "zh-Hant": "截止時間必須晚於現在。",
    },
    "message_too_long": {
        "en": "The message has become longer than 5,000 characters.",
        "zh-Hans": "消息总长度超过 5,000 个字符。",
        "zh-Hant": "訊息總長度超過 5,000 個字元。",
    },
}
