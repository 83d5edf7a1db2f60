"""The one way to write the audit trail."""

from schools.actor import SYSTEM, Actor
from schools.enums import EventType
from schools.lines import clipped, storable
from schools.models import Event


def record(
    type: EventType,
    actor: Actor | None = None,
    obj=None,
    address: str | None = None,
    by: str = "系统",
    **detail,
) -> Event:
    """Add one event.

    ``obj`` is any model instance; its class name, primary key and text are kept, not a reference. ``detail`` must be
    JSON. What is longer than its column is clipped. ``by`` names who did it where nobody is signed in. Call it inside the
    transaction of the change it tells of, so that neither stands without the other.
    """
    actor = actor or SYSTEM
    province = actor.province
    return Event.objects.create(
        type=type,
        actor_id=actor.user.pk if actor.user else None,
        actor_name=_fitting("actor_name", str(actor.user) if actor.user else by),
        role=actor.role,
        organisation=_fitting("organisation", actor.organisation),
        province_code=province.code if province else "",
        object_type=type_name(obj) if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        object_label=_fitting("object_label", str(obj)) if obj is not None else "",
        detail=storable(detail),
        address=address or actor.address,
    )


def _fitting(column: str, text: str) -> str:
    """``text`` as long as a column of the trail holds: a log must not stop what it tells of."""
    return clipped(text, Event._meta.get_field(column).max_length)


def type_name(obj) -> str:
    """The name under which a model instance or class stands in the trail: ``report``, ``school`` …"""
    return obj._meta.model_name


def events_of(obj):
    """The history of one thing, newest first."""
    return Event.objects.filter(object_type=type_name(obj), object_id=obj.pk)
