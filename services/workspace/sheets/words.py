"""What stands in the tables of people, in every language."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.rights import Role

COLUMNS = ("name", "email", "roles", "phone")
Words = Mapping[str, str]


def _say(en: str, hans: str, hant: str) -> Words:
    return {"en": en, "zh-Hans": hans, "zh-Hant": hant}


HEADINGS: Mapping[str, Words] = {
    "name": _say("Name", "姓名", "姓名"),
    "email": _say("E-mail", "邮箱", "電子郵件"),
    "roles": _say("Roles", "角色", "角色"),
    "phone": _say("Phone", "手机号码", "手機號碼"),
    "line": _say("Row", "行号", "列號"),
    "reason": _say("Reason", "原因", "原因"),
}
ALIASES: Mapping[str, tuple[str, ...]] = {
    "name": ("full name", "名字", "成员姓名", "成員姓名"),
    "email": (
        "email",
        "mail",
        "e-mail address",
        "email address",
        "电子邮箱",
        "电子邮件",
        "邮件",
        "電子信箱",
        "信箱",
        "電郵",
    ),
    "roles": ("role",),
    "phone": ("phone number", "mobile", "telephone", "手机", "电话", "手機", "電話", "电话号码", "電話號碼"),
}
ROLES: Mapping[Role, Words] = {
    Role.ADMIN: _say("Admin", "管理员", "管理員"),
    Role.INITIATOR: _say("Initiator", "发起人", "發起人"),
}
SHEET = _say("Members", "成员", "成員")
NOTES = _say("Notes", "说明", "說明")
HINTS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "One person in each row of the sheet “Members”; keep the headings.",
        "Roles: Admin, Initiator, or both with a comma between them.",
        "Phone is optional and begins with the country code, such as +65 9123 4567.",
        "At most 5,000 rows.",
    ),
    "zh-Hans": (
        "在“成员”工作表中每行填写一人，请保留表头。",
        "角色：管理员、发起人，或两者（用逗号分隔）。",
        "手机号码可不填；填写时须以国家/地区代码开头，如 +86 138 0013 8000。",
        "最多 5,000 行。",
    ),
    "zh-Hant": (
        "請在「成員」工作表中每列填寫一人，並保留標題列。",
        "角色：管理員、發起人，或兩者（以逗號分隔）。",
        "手機號碼可不填；填寫時須以國家/地區代碼開頭，如 +886 912 345 678。",
        "最多 5,000 列。",
    ),
}
REASONS: Mapping[str, Words] = {
    "name_missing": _say("The name is missing.", "缺少姓名。", "缺少姓名。"),
    "name_too_long": _say("The name has more than 100 characters.", "姓名超过 100 个字符。", "姓名超過 100 個字元。"),
    "name_wrong": _say(
        "The name has characters that are not allowed.", "姓名含有不允许的字符。", "姓名含有不允許的字元。"
    ),
    "formula": _say(
        "A cell is a formula or begins like one (= + - @).",
        "单元格是公式，或以 = + - @ 开头。",
        "儲存格為公式，或以 = + - @ 開頭。",
    ),
    "merged": _say(
        "Cells of this row are merged; please split them.",
        "此行含有合并单元格，请先拆分。",
        "此列含有合併儲存格，請先取消合併。",
    ),
    "email_missing": _say("The e-mail address is missing.", "缺少邮箱。", "缺少電子郵件地址。"),
    "email_wrong": _say("The e-mail address is not valid.", "邮箱格式有误。", "電子郵件地址格式有誤。"),
    "roles_missing": _say("The role is missing.", "缺少角色。", "缺少角色。"),
    "roles_wrong": _say("The role is not known; write Admin or Initiator.", "角色有误，请填写“管理员”或“发起人”。",
                        "角色有誤，請填寫「管理員」或「發起人」。"),
    "phone_wrong": _say(
        "The phone number is not valid; it begins with the country code.",
        "手机号码有误，须以国家/地区代码开头。",
        "手機號碼有誤，須以國家/地區代碼開頭。",
    ),
    "twice": _say("The e-mail address is in the list already.", "该邮箱在列表中重复。", "此電子郵件地址在清單中重複。"),
    "member_exists": _say("A member with this address exists already.", "该邮箱已是成员。", "此電子郵件地址已是成員。"),
    "no_seat_left": _say("No seat is left.", "成员席位已用完。", "成員席次已用完。"),
}  # fmt: skip


def heading(text: str) -> str | None:
    """The column a heading means, in whatever language; None for an unknown one."""
    plain = " ".join(text.split()).strip("*：: ").casefold()
    for column in COLUMNS:
        known = {word.casefold() for word in (*HEADINGS[column].values(), *ALIASES[column])}
        if plain in known:
            return column
    return None


def role(text: str) -> Role | None:
    """The role a word means, in whatever language."""
    plain = text.strip().casefold()
    return next((one for one, words in ROLES.items() if plain in {one.value, *map(str.casefold, words.values())}), None)
