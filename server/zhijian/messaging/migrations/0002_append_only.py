from django.db import migrations

from zhijian.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial")]
    operations = [
        append_only("messaging_consententry"),
        append_only("messaging_consentgrant"),
        append_only("messaging_consentuse"),
        append_only("messaging_campaignstep"),
    ]
