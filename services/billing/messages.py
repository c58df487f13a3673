"""Sentences for the codes only *billing* answers with."""

MESSAGES = {
    "envelopes_exhausted": {
        "en": "No envelopes are left. Buy more under Management › Billing to send; the draft is kept.",
        "zh-Hans": "信封已用完。请在“管理 › 费用概览”购买后再发送，草稿已保留。",
        "zh-Hant": "信封已用完。請在「管理 › 費用概覽」購買後再傳送，草稿已保留。",
    },
    "plan_expired": {
        "en": "The plan has ended. Renew it under Management › Billing to send; the draft is kept.",
        "zh-Hans": "套餐已到期。请在“管理 › 费用概览”续费后再发送，草稿已保留。",
        "zh-Hant": "方案已到期。請在「管理 › 費用概覽」續費後再傳送，草稿已保留。",
    },
    "no_seat_left": {
        "en": "No seat is left. Disable a member, or buy seats under Management › Billing.",
        "zh-Hans": "成员席位已用完。请停用一名成员，或在“管理 › 费用概览”购买席位。",
        "zh-Hant": "成員席次已用完。請停用一名成員，或在「管理 › 費用概覽」購買席次。",
    },
    "envelope_used": {
        "en": "The agreement was sent; its envelope is used.",
        "zh-Hans": "该协议已发送，信封已使用。",
        "zh-Hant": "該協議已傳送，信封已使用。",
    },
}
