"""Sentences for the codes of *workspace*; the chassis has those it shares with all."""

from __future__ import annotations

MESSAGES = {
    "no_workspace": {
        "en": "Please choose a workspace first.",
        "zh-Hans": "请先选择工作空间。",
        "zh-Hant": "請先選擇工作空間。",
    },
}
