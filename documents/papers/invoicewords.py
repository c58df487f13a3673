"""The words of invoices in three languages."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "invoice": "Invoice", "credit": "Credit note", "number": "Number", "credits": "For invoice", "order": "Order",
        "date": "Date", "due": "Due", "paid": "Paid", "void": "VOID", "seller": "From", "buyer": "To",
        "tax_id": "Tax number", "item": "Item", "quantity": "Quantity", "amount": "Amount", "net": "Net",
        "total": "Total", "days": "for {} days", "instead": "in place of {}", "bank": "Please pay to",
        "reference": "Reference: {}",
    },
    "zh-Hans": {
        "invoice": "账单", "credit": "退款凭证", "number": "编号", "credits": "对应账单", "order": "订单号",
        "date": "开具日期", "due": "付款截止", "paid": "付款日期", "void": "已作废", "seller": "销售方",
        "buyer": "购买方", "tax_id": "税号", "item": "项目",
        "quantity": "数量", "amount": "金额", "net": "不含税金额", "total": "合计",
        "days": "按 {} 天计", "instead": "替换{}", "bank": "收款账户", "reference": "付款备注：{}",
    },
    "zh-Hant": {
        "invoice": "帳單", "credit": "退款憑證", "number": "編號", "credits": "對應帳單", "order": "訂單編號",
        "date": "開立日期", "due": "付款期限", "paid": "付款日期", "void": "已作廢", "seller": "賣方", "buyer": "買方",
        "tax_id": "統一編號", "item": "項目", "quantity": "數量", "amount": "金額", "net": "未稅金額", "total": "總計",
        "days": "按 {} 天計", "instead": "取代{}", "bank": "收款帳戶", "reference": "付款備註：{}",
    },
}  # fmt: skip
