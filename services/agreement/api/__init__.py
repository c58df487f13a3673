"""The HTTP API of *agreement*."""

from services.agreement.api.contacts import contacts
from services.agreement.api.documents import documents
from services.agreement.api.drafts import drafts
from services.agreement.api.internal import internal
from services.agreement.api.lifecycle import lifecycle
from services.agreement.api.lists import lists
from services.agreement.api.retention import retention
from services.agreement.api.templates import templates

BLUEPRINTS = (lists, retention, drafts, documents, lifecycle, contacts, templates, internal)
