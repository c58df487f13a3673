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
    "nothing_for_sale": {
        "en": "This installation has no limits; there is nothing to buy.",
        "zh-Hans": "本系统不限用量，无需购买。",
        "zh-Hant": "本系統不限用量，無須購買。",
    },
    "not_for_sale": {
        "en": "This is not for sale in your country or region.",
        "zh-Hans": "该商品在您所在的国家或地区不可购买。",
        "zh-Hant": "此項目在您所在的國家或地區不提供購買。",
    },
    "plan_needed": {
        "en": "Buy a plan first; this is added to a running plan.",
        "zh-Hans": "请先购买套餐，该商品须搭配有效套餐使用。",
        "zh-Hant": "請先購買方案，此項目須搭配有效方案使用。",
    },
    "seats_without_limit": {
        "en": "The plan has no limit of seats; there is no need to buy any.",
        "zh-Hans": "当前套餐不限席位，无需购买。",
        "zh-Hant": "目前方案不限席次，無須購買。",
    },
    "renewed_enough": {
        "en": "The plan is already paid for more than two years ahead.",
        "zh-Hans": "套餐已预付两年以上，暂不可继续续费。",
        "zh-Hant": "方案已預付兩年以上，暫時無法再續費。",
    },
    "too_much_at_once": {
        "en": "That is too much for one order; please order less.",
        "zh-Hans": "单笔订单金额过大，请减少数量。",
        "zh-Hant": "單筆訂單金額過大，請減少數量。",
    },
    "too_many_open_orders": {
        "en": "There are too many unpaid orders. Pay or cancel one of them first.",
        "zh-Hans": "未付款订单过多，请先付款或取消其中一笔。",
        "zh-Hant": "未付款訂單過多，請先付款或取消其中一筆。",
    },
    "payment_not_offered": {
        "en": "This way to pay is not offered.",
        "zh-Hans": "不支持该付款方式。",
        "zh-Hant": "不支援此付款方式。",
    },
    "order_settled": {
        "en": "The order was paid or has ended already.",
        "zh-Hans": "该订单已付款或已结束。",
        "zh-Hant": "此訂單已付款或已結束。",
    },
    "order_outdated": {
        "en": "The plan has changed since, so the order can no longer be given as offered. Cancel it and order anew.",
        "zh-Hans": "套餐已变更，该订单无法按原内容生效。请取消后重新下单。",
        "zh-Hant": "方案已變更，此訂單無法按原內容生效。請取消後重新下單。",
    },
    "signature_invalid": {
        "en": "The signature is not valid.",
        "zh-Hans": "签名无效。",
        "zh-Hant": "簽章無效。",
    },
    "payment_mismatch": {
        "en": "Another amount was paid than was asked for.",
        "zh-Hans": "付款金额与订单不符。",
        "zh-Hant": "付款金額與訂單不符。",
    },
    "period_invalid": {
        "en": "The period must end after it begins, and be no longer than two years.",
        "zh-Hans": "结束日期须晚于开始日期，且不超过两年。",
        "zh-Hant": "結束日期須晚於開始日期，且不超過兩年。",
    },
}
