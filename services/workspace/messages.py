"""Sentences for the codes *workspace* answers with."""

from __future__ import annotations

from documents.errors import CODES

IMAGES = ("image_too_large", "image_flat", "image_damaged", "image_active")


def _say(en: str, hans: str, hant: str) -> dict[str, str]:
    return {"en": en, "zh-Hans": hans, "zh-Hant": hant}


MESSAGES = {code: CODES[code] for code in IMAGES} | {
    "image_not_supported": _say(
        "Only PNG, JPEG and SVG images can be used.", "仅支持 PNG、JPEG 和 SVG 图片。", "僅支援 PNG、JPEG 和 SVG 圖片。"
    ),
    "image_empty": _say("Nothing is to be seen in this image.", "此图片中没有可见内容。", "此圖片中沒有可見內容。"),
    "colour_too_light": _say(
        "White letters could not be read on this colour. Please choose a darker one.",
        "白色文字在此颜色上难以辨认，请选择更深的颜色。",
        "白色文字在此顏色上難以辨識，請選擇較深的顏色。",
    ),
    "member_exists": _say(
        "Somebody with this e-mail address is in the workspace already.",
        "该邮箱对应的成员已在此工作空间中。",
        "此電子郵件地址的成員已在此工作空間中。",
    ),
    "no_seat_left": _say(
        "No seat is left. Disable a member, or buy seats under Management › Billing.",
        "成员席位已用完。请停用一名成员，或在“管理 › 费用概览”购买席位。",
        "成員席次已用完。請停用一名成員，或在「管理 › 費用概覽」購買席次。",
    ),
    "import_finished": _say(
        "This list is finished; please begin a new one.", "此列表已完成，请新建列表。", "此清單已完成，請建立新的清單。"
    ),
    "file_missing": _say("Please choose a file.", "请选择文件。", "請選擇檔案。"),
    "file_empty": _say("There is nothing in this file.", "此文件为空。", "此檔案為空白。"),
    "no_people": _say(
        "This table has headings only; please fill in at least one row.",
        "此表格只有表头，请至少填写一行。",
        "此表格只有標題列，請至少填寫一列。",
    ),
    "file_damaged": _say(
        "This file is damaged and cannot be read.", "此文件已损坏，无法读取。", "此檔案已損毀，無法讀取。"
    ),
    "file_not_supported": _say(
        "This kind of file, or one with a password, cannot be read; please use XLSX or CSV.",
        "不支持此文件类型或加密的文件，请使用未加密的 XLSX 或 CSV。",
        "不支援此檔案類型或加密的檔案，請使用未加密的 XLSX 或 CSV。",
    ),
    "file_unsafe": _say(
        "This file declares document types or entities, which is not accepted.",
        "此文件包含不被接受的文档类型或实体声明。",
        "此檔案包含不被接受的文件類型或實體宣告。",
    ),
    "file_too_large": _say(
        "This file is too large when unpacked, or takes too long to read.",
        "此文件解压后过大，或读取时间过长。",
        "此檔案解壓縮後過大，或讀取時間過長。",
    ),
    "encoding_unknown": _say(
        "The encoding of this file's text is not clear. Please choose it and give the file again, or save it as UTF-8.",
        "无法确定此文件的文字编码，请选择编码后重新上传，或另存为 UTF-8。",
        "無法確定此檔案的文字編碼，請選擇編碼後重新上傳，或另存為 UTF-8。",
    ),
    "headings_missing": _say(
        "The headings Name, E-mail and Roles were not found; please use the template.",
        "未找到“姓名”“邮箱”“角色”表头，请使用模板。",
        "找不到「姓名」「電子郵件」「角色」標題，請使用範本。",
    ),
    "too_many_rows": _say(
        "At most 5,000 rows can be added at once.", "一次最多添加 5,000 行。", "一次最多新增 5,000 列。"
    ),
    "too_many_columns": _say("This table has more than 50 columns.", "此表格超过 50 列。", "此表格超過 50 欄。"),
    "name_differs": _say("This is not the name of the workspace.", "与工作空间名称不一致。", "與工作空間名稱不一致。"),
    "agreements_open": _say(
        "Agreements of this workspace are still open. Void them or wait until they are completed.",
        "此工作空间仍有进行中的协议，请先作废或等待其完成。",
        "此工作空間仍有進行中的協議，請先作廢或等待其完成。",
    ),
    "last_admin": _say(
        "This is the last enabled admin. Make somebody else an admin first.",
        "这是最后一位已启用的管理员，请先将其他成员设为管理员。",
        "這是最後一位已啟用的管理員，請先將其他成員設為管理員。",
    ),
    "not_joined": _say(
        "This person has not joined yet; take the invitation back instead.",
        "该成员尚未加入，可改为撤回邀请。",
        "此成員尚未加入，可改為撤回邀請。",
    ),
    "not_pending": _say(
        "This person has joined already.", "该成员已加入，无需再次邀请。", "此成員已加入，無需再次邀請。"
    ),
    "invitation_too_soon": _say(
        "The invitation was sent a moment ago; please wait a minute.",
        "邀请刚刚发送，请一分钟后再试。",
        "邀請剛剛寄出，請一分鐘後再試。",
    ),
    "invitation_over": _say(
        "This invitation is no longer valid: it was withdrawn, or replaced by a newer one.",
        "此邀请已失效：邀请方已撤回，或已发送新的邀请。",
        "此邀請已失效：邀請方已撤回，或已寄出新的邀請。",
    ),
    "invitation_expired": _say(
        "This invitation has expired. Please ask for a new one.",
        "此邀请已过期，请联系邀请方重新发送。",
        "此邀請已逾期，請聯絡邀請方重新寄送。",
    ),
    "invitation_accepted": _say("This invitation was accepted already.", "此邀请已被接受。", "此邀請已被接受。"),
    "invitation_for_other": _say(
        "This invitation is for another e-mail address than the one you are logged in with.",
        "此邀请发送给另一个邮箱，与您当前登录的账户不符。",
        "此邀請寄給另一個電子郵件地址，與您目前登入的帳戶不符。",
    ),
}
