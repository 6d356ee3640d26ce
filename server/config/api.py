"""The citizen API: one NinjaAPI object, one router a domain."""

from zhijian.appointments.api import router as appointments
from zhijian.cases.api import router as cases
from zhijian.catalog.api import router as catalog
from zhijian.consultations.api import router as consultations
from zhijian.content.api import router as content
from zhijian.core.api import make_api
from zhijian.identity.api import router as identity
from zhijian.licences.api import router as licences
from zhijian.maps.api import router as maps
from zhijian.messaging.api import router as messaging
from zhijian.privacy.api import router as privacy
from zhijian.ratings.api import router as ratings
from zhijian.tickets.api import router as tickets

api = make_api(title="指尖 API", version="1.0.0", urls_namespace="api-v1")
api.add_router("", identity)
api.add_router("", privacy)
api.add_router("", maps)
api.add_router("", catalog)
api.add_router("", licences)
api.add_router("", cases)
api.add_router("", appointments)
api.add_router("", content)
api.add_router("", tickets)
api.add_router("", consultations)
api.add_router("", ratings)
api.add_router("", messaging)
