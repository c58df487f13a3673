"""What the API gives."""

from __future__ import annotations

from marshmallow import Schema, fields


def _time() -> fields.String:
    return fields.String(metadata={"format": "date-time"}, allow_none=True)


class PageView(Schema):
    width = fields.Float()
    height = fields.Float()


class DocumentView(Schema):
    """``suggestion_count`` is how many fields the document's text and form ask for."""

    suggestion_count = fields.Integer()
    id = fields.String()
    name = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    original_sha256 = fields.String()
    page_count = fields.Integer()
    pages = fields.List(fields.Nested(PageView))
    signed = fields.Boolean()
    signatures = fields.Integer()


class RecipientView(Schema):
    """``role`` is what a template calls somebody; name and address may be empty in a draft."""

    id = fields.String()
    role = fields.String()
    name = fields.String()
    email = fields.String()
    language = fields.String()
    position = fields.Integer()
    check = fields.String()
    has_access_code = fields.Boolean()
    status = fields.String()
    is_their_turn = fields.Boolean()
    invited_at = _time()
    delivered_at = _time()
    bounced_at = _time()
    viewed_at = _time()
    check_passed_at = _time()
    check_failed_at = _time()
    locked_at = _time()
    reminded_at = _time()
    signed_at = _time()
    declined_at = _time()


class FieldView(Schema):
    id = fields.String()
    recipient_id = fields.String()
    document_id = fields.String()
    kind = fields.String()
    page = fields.Integer()
    x = fields.Float()
    y = fields.Float()
    width = fields.Float()
    height = fields.Float()
    required = fields.Boolean()
    label = fields.String()
    default = fields.String(allow_none=True)
    format = fields.String(allow_none=True)
    longest = fields.Integer(allow_none=True)


class InitiatorView(Schema):
    id = fields.String()
    name = fields.String()
    email = fields.String()


class HeadView(Schema):
    id = fields.String()
    version = fields.Integer()
    status = fields.String()
    title = fields.String()
    deadline = _time()
    initiator = fields.Nested(InitiatorView)
    created_at = _time()
    sent_at = _time()
    completed_at = _time()


class AgreementView(HeadView):
    """``kept_until`` is when it may be removed at the earliest, null for never.

    ``held_at`` is since when it is kept for ever.
    """

    message = fields.String()
    ordered = fields.Boolean()
    stamp_margin = fields.Boolean()
    allow_reassign = fields.Boolean()
    reminders = fields.List(fields.Integer())
    reason = fields.String(allow_none=True)
    ended_by = fields.String(allow_none=True)
    ended_at = _time()
    recipients = fields.List(fields.Nested(RecipientView))
    my_recipient_id = fields.String(allow_none=True)
    documents = fields.List(fields.Nested(DocumentView))
    fields_ = fields.List(fields.Nested(FieldView), data_key="fields", attribute="fields")
    pages_visible = fields.Boolean()
    actions = fields.List(fields.String())
    kept_until = _time()
    held_at = _time()


class OutlookView(Schema):
    """Of ``ended`` agreements so many would be ``removed`` as soon as may be, on ``first_at``; ``held`` are kept.

    When none is removed that soon, ``first_at`` is when the first one would be; null when there is none.
    """

    ended = fields.Integer()
    held = fields.Integer()
    removed = fields.Integer()
    first_at = fields.AwareDateTime(format="iso", allow_none=True)


class SignerView(Schema):
    name = fields.String()
    status = fields.String()
    is_their_turn = fields.Boolean()


class RowView(HeadView):
    received = fields.Boolean()
    sent = fields.Boolean()
    action_required = fields.Boolean()
    locked = fields.Boolean()
    signers = fields.List(fields.Nested(SignerView))


class ListView(Schema):
    agreements = fields.List(fields.Nested(RowView))
    cursor = fields.String(allow_none=True)


class CountsView(Schema):
    all = fields.Integer()
    inbox = fields.Integer()
    sent = fields.Integer()
    completed = fields.Integer()
    action_required = fields.Integer()
    waiting_for_others = fields.Integer()
    expiring_soon = fields.Integer()
    verification_failed = fields.Integer()
    drafts = fields.Integer()


class InitiatorsView(Schema):
    initiators = fields.List(fields.Nested(InitiatorView))


class ChangesView(Schema):
    """Ids of agreements; ``seconds`` is when to ask again."""

    changed = fields.List(fields.String())
    removed = fields.List(fields.String())
    more = fields.Boolean()
    cursor = fields.String()
    seconds = fields.Integer()


class RemindedView(Schema):
    recipient_ids = fields.List(fields.String())


class VoidResult(Schema):
    """``code`` says why an agreement was not voided."""

    id = fields.String()
    voided = fields.Boolean()
    code = fields.String(allow_none=True)
    message = fields.String(allow_none=True)


class VoidResults(Schema):
    results = fields.List(fields.Nested(VoidResult))


class DeclineResult(Schema):
    """``code`` says why an agreement was not declined."""

    id = fields.String()
    declined = fields.Boolean()
    code = fields.String(allow_none=True)
    message = fields.String(allow_none=True)


class DeclineResults(Schema):
    results = fields.List(fields.Nested(DeclineResult))


class HistoryView(Schema):
    """``anchors`` tell when the audit trail's head was time-stamped: day, at, sequence of the entry, root."""

    entries = fields.List(fields.Dict())
    anchors = fields.List(fields.Dict())


class TextView(Schema):
    text = fields.String()


class OpenView(Schema):
    open = fields.Integer()


class HandedOverView(Schema):
    count = fields.Integer()


class StateView(Schema):
    state = fields.String()


class ContactView(Schema):
    id = fields.String()
    name = fields.String()
    email = fields.String()
    language = fields.String()
    used_at = _time()


class ContactsView(Schema):
    contacts = fields.List(fields.Nested(ContactView))


class PersonView(Schema):
    name = fields.String()
    email = fields.String()


class WrongLineView(Schema):
    """``code`` is address_missing, address_wrong, name_wrong or twice; ``line`` counts from 1."""

    line = fields.Integer()
    text = fields.String()
    code = fields.String()


class PastedView(Schema):
    people = fields.List(fields.Nested(PersonView))
    wrong = fields.List(fields.Nested(WrongLineView))


class TemplateView(Schema):
    """``kind`` is preset or own; ``language`` is a preset's, ``created_at`` and ``created_by`` an own one's."""

    id = fields.String()
    kind = fields.String()
    name = fields.String()
    description = fields.String()
    language = fields.String(allow_none=True)
    roles = fields.List(fields.String())
    pages = fields.List(fields.Nested(PageView))
    created_at = _time()
    created_by = fields.String(allow_none=True)
    may_change = fields.Boolean()


class TemplatesView(Schema):
    presets = fields.List(fields.Nested(TemplateView))
    templates = fields.List(fields.Nested(TemplateView))


class SuggestionView(Schema):
    """``source`` is tag or form; ``signer`` counts from 1, the page from 0; the place in fractions of the page."""

    source = fields.String()
    kind = fields.String()
    signer = fields.Integer()
    page = fields.Integer()
    x = fields.Float()
    y = fields.Float()
    width = fields.Float()
    height = fields.Float()
    label = fields.String()
    required = fields.Boolean()
    longest = fields.Integer(allow_none=True)


class SuggestionsView(Schema):
    suggestions = fields.List(fields.Nested(SuggestionView))
