"""The words of the mailbox's page."""

PAGE = {
    "en": {"title": "Mailbox", "empty": "No mail yet.", "back": "All mails", "text": "Plain text"},
    "zh-Hans": {"title": "邮箱", "empty": "暂无邮件。", "back": "所有邮件", "text": "纯文本"},
    "zh-Hant": {"title": "信箱", "empty": "尚無郵件。", "back": "所有郵件", "text": "純文字"},
}
