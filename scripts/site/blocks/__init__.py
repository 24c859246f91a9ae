"""The pieces a page can be given by ``[[kind:name]]``, one small file an idea.

Each takes the name after the colon and the page (a View) and gives HTML; each raises UnknownName for a name
it does not know.
"""

from scripts.site.blocks import (
    agencies,
    conditions,
    contacts,
    designated,
    forms,
    glossary,
    news,
    origins,
    sanctions,
    search,
    statements,
    training,
    villages,
)

BLOCKS = {
    "agencies": agencies.render,
    "conditions": conditions.render,
    "contact": contacts.one,
    "contacts": contacts.render,
    "designated": designated.render,
    "form": forms.render,
    "glossary": glossary.render,
    "news": news.render,
    "origins": origins.render,
    "sanctions": sanctions.render,
    "search": search.render,
    "statements": statements.render,
    "training": training.render,
    "village": villages.one,
    "villages": villages.render,
}
