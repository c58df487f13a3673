"""Sentences for the codes *workspace* answers with."""

from __future__ import annotations


def _say(en: str, hans: str, hant: str) -> dict[str, str]:
    return {"en": en, "zh-Hans": hans, "zh-Hant": hant}


MESSAGES = {
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
