"""Visits rated before they kept when: told from the ratings there are."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def tell_visits(apps, schema_editor):
    Rating, Visit = apps.get_model("ratings", "Rating"), apps.get_model("appointments", "Visit")
    given = Rating.objects.filter(kind="visit", reference=OuterRef("public_id"))
    rated = Rating.objects.filter(kind="visit").values("reference")
    Visit.objects.filter(public_id__in=rated).update(rated_at=Subquery(given.values("created_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [("ratings", "0002_append_only"), ("appointments", "0005_visit_rated_at")]
    operations = [migrations.RunPython(tell_visits, migrations.RunPython.noop)]
