from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_still_holds")]
    operations = [migrations.RenameField("campaignstep", "act", "action")]
