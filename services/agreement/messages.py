"""Sentences for the codes *agreement* answers with."""

from __future__ import annotations

from documents.errors import CODES

DEFAULT_TITLE = {"en": "Please sign the document", "zh-Hans": "请签署文件", "zh-Hant": "請簽署文件"}


def _say(en: str, hans: str, hant: str) -> dict[str, str]:
    return {"en": en, "zh-Hans": hans, "zh-Hant": hant}


MESSAGES = {
    "workspace_closed": {
        "en": "The workspace is being closed; nothing can be sent from it any more.",
        "zh-Hans": "该工作空间正在关闭，无法再发送。",
        "zh-Hant": "此工作空間正在關閉，無法再傳送。",
    },
    **CODES,
    "not_a_colleague": _say(
        "Please choose an enabled member of this workspace.",
        "请选择此工作空间中已启用的成员。",
        "請選擇此工作空間中已啟用的成員。",
    ),
    "already_sent": _say(
        "This agreement has been sent and cannot be changed.", "合同已发送，无法修改。", "合約已傳送，無法修改。"
    ),
    "already_ended": _say("This agreement has already ended.", "合同已结束。", "合約已結束。"),
    "not_sent": _say("This agreement has not been sent yet.", "合同尚未发送。", "合約尚未傳送。"),
    "not_completed": _say("This agreement is not completed yet.", "合同尚未完成签署。", "合約尚未完成簽署。"),
    "document_missing": _say("Please add at least one document.", "请至少添加一份文件。", "請至少新增一份文件。"),
    "recipient_missing": _say("Please add at least one recipient.", "请至少添加一位收件人。", "請至少新增一位收件人。"),
    "signature_field_missing": _say(
        "These signers have no signature field yet.", "以下签署人还没有签名控件。", "以下簽署人還沒有簽名欄位。"
    ),
    "deadline_passed": _say("The deadline must be in the future.", "截止时间必须晚于现在。", "截止時間必須晚於現在。"),
    "deadline_too_far": _say(
        "The deadline may be one year ahead at most.", "截止时间最多为一年之内。", "截止時間最多為一年之內。"
    ),
    "too_many_documents": _say(
        "An agreement holds 100 documents at most.", "一份合同最多包含 100 个文件。", "一份合約最多包含 100 個檔案。"
    ),
    "too_many_pages": _say(
        "The documents of an agreement have 2,000 pages at most in all.",
        "一份合同的文件总页数最多为 2,000 页。",
        "一份合約的檔案總頁數最多為 2,000 頁。",
    ),
    "signed_file_alone": _say(
        "A PDF that is signed already must be the only document of its agreement.",
        "已签名的 PDF 必须是合同中唯一的文件。",
        "已簽章的 PDF 必須是合約中唯一的檔案。",
    ),
    "file_missing": _say("Please choose a file.", "请选择文件。", "請選擇檔案。"),
    "order_incomplete": _say(
        "The order must name every document once.", "排序必须包含每个文件且仅一次。", "排序必須包含每個檔案且僅一次。"
    ),
    "recipient_duplicate": _say(
        "Each recipient needs an e-mail address of their own.",
        "收件人的邮箱地址不能重复。",
        "收件人的電子郵件地址不能重複。",
    ),
    "recipient_unknown": _say(
        "A recipient with this id is not on this agreement.", "合同中没有此编号的收件人。", "合約中沒有此編號的收件人。"
    ),
    "access_code_missing": _say("Please set an access code.", "请设置访问码。", "請設定存取碼。"),
    "field_unknown": _say(
        "A field with this id is not on this agreement.", "合同中没有此编号的控件。", "合約中沒有此編號的欄位。"
    ),
    "field_recipient_missing": _say(
        "A field belongs to nobody on this agreement.", "有控件未分配给合同的收件人。", "有欄位未分配給合約的收件人。"
    ),
    "field_document_missing": _say(
        "A field stands on no document of this agreement.", "有控件不在合同的文件上。", "有欄位不在合約的檔案上。"
    ),
    "field_page_missing": _say(
        "A field stands on a page that does not exist.", "有控件位于不存在的页面。", "有欄位位於不存在的頁面。"
    ),
    "field_off_page": _say("A field lies outside its page.", "有控件位于页面之外。", "有欄位位於頁面之外。"),
    "field_not_possible_on_signed": _say(
        "On a PDF that is signed already, each signer can have one signature field and nothing else.",
        "在已签名的 PDF 上，每位签署人只能有一个签名控件，不能有其他控件。",
        "在已簽章的 PDF 上，每位簽署人只能有一個簽名欄位，不能有其他欄位。",
    ),
    "field_too_small": _say("A field is too small.", "有控件过小。", "有欄位過小。"),
    "check_required": _say(
        "Please open this on the signing page and pass the check first.",
        "请先在签署页面完成验证。",
        "請先在簽署頁面完成驗證。",
    ),
    "nobody_to_remind": _say("There is nobody to remind.", "目前没有需要提醒的签署人。", "目前沒有需要提醒的簽署人。"),
    "reminded_recently": _say(
        "A reminder was sent a few minutes ago; please wait a little.",
        "几分钟前已发送提醒，请稍后再试。",
        "幾分鐘前已傳送提醒，請稍後再試。",
    ),
    "not_their_turn": _say("It is not this signer's turn.", "尚未轮到该签署人。", "尚未輪到該簽署人。"),
    "cursor_invalid": _say(
        "This page no longer exists; please start over.", "分页位置无效，请重新开始。", "分頁位置無效，請重新開始。"
    ),
    "no_workspace": _say("Please choose a workspace first.", "请先选择工作空间。", "請先選擇工作空間。"),
    "recipient_incomplete": _say(
        "Please give every recipient a name and an e-mail address.",
        "请填写每位收件人的姓名和邮箱。",
        "請填寫每位收件人的姓名和電子郵件。",
    ),
    "signer_has_signed": _say(
        "This signer has signed and cannot be changed.", "该签署人已签署，无法更改。", "該簽署人已簽署，無法變更。"
    ),
    "message_too_long": _say(
        "The message has become longer than 5,000 characters.",
        "消息总长度超过 5,000 个字符。",
        "訊息總長度超過 5,000 個字元。",
    ),
    "resent_recently": _say(
        "A new link was sent a moment ago; please wait a minute.",
        "刚刚已发送新链接，请一分钟后再试。",
        "剛剛已傳送新連結，請一分鐘後再試。",
    ),
    "role_unknown": _say(
        "Somebody is named for a role that the template does not have.",
        "指定的角色不在模板中。",
        "指定的角色不在範本中。",
    ),
    "too_many_templates": _say(
        "A workspace holds 200 templates at most.", "工作空间最多保存 200 个模板。", "工作空間最多儲存 200 個範本。"
    ),
    "signer_missing": _say(
        "A tag in the document names a signer who is not among the recipients.",
        "文件中的标签指定了收件人中没有的签署人。",
        "文件中的標籤指定了收件人中沒有的簽署人。",
    ),
    "too_many_fields": _say(
        "An agreement holds 1,000 fields at most.", "一份合同最多包含 1,000 个控件。", "一份合約最多包含 1,000 個欄位。"
    ),
    "export_too_large": _say(
        "An Excel file holds 20,000 agreements at most; please filter more or choose CSV.",
        "Excel 文件最多包含 20,000 份合同，请缩小筛选范围或选择 CSV。",
        "Excel 檔案最多包含 20,000 份合約，請縮小篩選範圍或選擇 CSV。",
    ),
    "voided": _say("This agreement was voided.", "合同已撤销。", "合約已撤銷。"),
    "declined": _say("This agreement was declined.", "合同已被拒签。", "合約已被拒簽。"),
    "expired": _say("The deadline of this agreement has passed.", "合同已过截止时间。", "合約已過截止時間。"),
    "completed": _say("This agreement is completed.", "合同已完成。", "合約已完成。"),
    "already_signed": _say("This signer has already signed.", "该签署人已完成签署。", "該簽署人已完成簽署。"),
    "not_your_turn": _say("It is not your turn to sign yet.", "尚未轮到您签署。", "尚未輪到您簽署。"),
    "preparing": _say(
        "The document is being prepared; please try again shortly.",
        "文件正在准备中，请稍后重试。",
        "文件正在準備中，請稍後重試。",
    ),
    "verification_locked": _say(
        "Verification is locked after too many tries.", "验证次数过多，已锁定。", "驗證次數過多，已鎖定。"
    ),
    "envelopes_exhausted": _say(
        "No envelopes are left; please buy more.", "信封已用完，请购买。", "信封已用完，請購買。"
    ),
    "plan_expired": _say(
        "The plan has ended; please renew it to send.", "套餐已到期，请续费后再发送。", "方案已到期，請續費後再傳送。"
    ),
}
