"""Validation errors as a flat list with codes and sentences in the reader's language, and types for typed text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from chassis.regions import region_names

SENTENCES: Mapping[str, tuple[str, str, str]] = {
    "Missing data for required field.": ("required", "此项必填。", "此項必填。"),
    "Field may not be null.": ("required", "此项不能为空。", "此項不能為空。"),
    "Unknown field.": ("unknown_field", "不认识的字段。", "無法辨識的欄位。"),
    "Not a valid string.": ("not_text", "应为文字。", "應為文字。"),
    "Not a valid integer.": ("not_integer", "应为整数。", "應為整數。"),
    "Not a valid number.": ("not_number", "应为数字。", "應為數字。"),
    "Not a valid boolean.": ("not_boolean", "应为 true 或 false。", "應為 true 或 false。"),
    "Not a valid datetime.": ("not_datetime", "应为带时区的时间。", "應為帶時區的時間。"),
    "Not a valid aware datetime.": ("not_datetime", "应为带时区的时间。", "應為帶時區的時間。"),
    "Not a valid email address.": ("not_email", "邮箱地址无效。", "電子郵件地址無效。"),
    "Not a valid list.": ("not_list", "应为列表。", "應為清單。"),
    "Invalid input type.": ("wrong_type", "类型有误。", "類型有誤。"),
    "Not a valid UUID.": ("not_id", "编号无效。", "編號無效。"),
    "Not a phone number with its country code.": (
        "not_phone",
        "电话号码须包含国家/地区代码，如 +65。",
        "電話號碼須包含國家/地區代碼，如 +886。",
    ),
    "Not a known country or region.": ("not_region", "国家或地区代码无效。", "國家或地區代碼無效。"),
    "A name, not an address.": ("not_name", "请填写名称，而不是地址。", "請填寫名稱，而不是地址。"),
    "This name is the product's own.": (
        "name_reserved",
        "此名称会让人误以为邮件来自本产品，请更换。",
        "此名稱會讓人誤以為郵件來自本產品，請更換。",
    ),
    "Control characters are not allowed.": ("control_characters", "不能包含控制字符。", "不能包含控制字元。"),
}


def error_list(messages: Any, language: str, path: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """marshmallow's nested messages as ``[{field, code, message}]``; ``field`` is a dotted path."""
    if isinstance(messages, Mapping):
        skip = ("json", "query", "form", "files", "headers", "path")
        return [
            row
            for name, inner in messages.items()
            for row in error_list(inner, language, path if not path and name in skip else (*path, str(name)))
        ]
    sentences = messages if isinstance(messages, list) else [messages]
    return [_row(".".join(path), str(sentence), language) for sentence in sentences]


def _row(field: str, sentence: str, language: str) -> dict[str, str]:
    code, hans, hant = SENTENCES.get(sentence, ("invalid", "内容无效。", "內容無效。"))
    text = {"zh-Hans": hans, "zh-Hant": hant}.get(language, sentence)
    return {"field": field, "code": code, "message": text}


class StrictSchema(Schema):
    """Refuses what it does not know."""

    class Meta:
        unknown = RAISE


class Line(fields.String):
    """One line somebody typed: NFC, trimmed, without control, bidirectional-override or surrogate characters.

    ``longest`` and ``shortest`` count characters after trimming.
    """

    def __init__(self, *, longest: int = 200, shortest: int = 1, lines: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest, self.shortest, self.lines = longest, shortest, lines

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = unicodedata.normalize("NFC", str(super()._deserialize(value, attr, data, **kwargs))).strip()
        allowed = "\n\t" if self.lines else ""
        text = text.replace("\r\n", "\n") if self.lines else text
        if any(_forbidden(char) and char not in allowed for char in text):
            raise ValidationError("Control characters are not allowed.")
        if not self.shortest <= len(text) <= self.longest:
            raise ValidationError(f"Must have {self.shortest} to {self.longest} characters.")
        return text


def _forbidden(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
        or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


class EmailAddress(fields.Email):
    """An address in lower case, 254 characters at most, one line; a domain in its own letters, NFC."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or len(value) > 254:
            raise ValidationError("Not a valid email address.")
        text = unicodedata.normalize("NFC", _in_letters(value.strip().lower()).lower())
        if not (value.isprintable() and text.isprintable()):
            raise ValidationError("Not a valid email address.")
        return str(super()._deserialize(text, attr, data, **kwargs))


def _in_letters(address: str) -> str:
    """The one spelling of a mailbox whose domain may also be told in ASCII (RFC 5890, A-labels)."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{'.'.join(_label(one) for one in domain.split('.'))}"


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError as error:
        raise ValidationError("Not a valid email address.") from error


class Region(fields.String):
    """A country or region by its two letters (ISO 3166-1 alpha-2)."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        code = str(super()._deserialize(value, attr, data, **kwargs))
        if code not in region_names("en"):
            raise ValidationError("Not a known country or region.")
        return code
