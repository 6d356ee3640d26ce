"""What becomes public: masked, allowed, confirmed by a person, and taken back at once."""

import pytest
from identity.factories import CitizenFactory
from tickets.factories import BODY, City, closed, handling, make_category, make_city, published, submitted

from zhijian.tickets import actions, errors
from zhijian.tickets.actions import PublicText
from zhijian.tickets.models import Publication
from zhijian.tickets.queries.masked import proposal
from zhijian.tickets.queries.public import answers, public_ticket, public_tickets

pytestmark = pytest.mark.django_db
PRIVATE = f"我叫钱文博，电话19900001234。{BODY}"


@pytest.fixture
def city() -> City:
    return make_city()


def test_the_machine_proposes_and_a_person_confirms(city: City) -> None:
    ticket = handling(city, body=PRIVATE)
    proposed = proposal(ticket)
    assert "钱文博" not in proposed.question
    assert "【姓名】" in proposed.question
    assert [piece.text for piece in proposed.original if piece.kind] == ["钱文博", "19900001234"]
    text = PublicText(proposed.title, proposed.question)
    actions.prepare(city.officer.actor, ticket=ticket, text=text)
    assert not public_tickets().items
    actions.publish(city.dispatcher.actor, ticket=ticket)
    [shown] = public_tickets().items
    assert (shown.title, shown.answer) == (proposed.title, "")


def test_what_still_looks_personal_is_refused_unless_somebody_is_sure(city: City) -> None:
    ticket = handling(city)
    actions.prepare(city.officer.actor, ticket=ticket, text=PublicText("路灯", PRIVATE))
    with pytest.raises(errors.StillPersonal) as refused:
        actions.publish(city.dispatcher.actor, ticket=ticket)
    assert {fault.code for fault in refused.value.fields} == {"name", "phone"}
    assert actions.publish(city.dispatcher.actor, ticket=ticket, sure=True).question == PRIVATE


def test_without_a_draft_or_by_an_officer_nothing_is_published(city: City) -> None:
    ticket = handling(city)
    with pytest.raises(errors.NotNow):
        actions.publish(city.dispatcher.actor, ticket=ticket)
    actions.prepare(city.officer.actor, ticket=ticket, text=PublicText("路灯", "路灯不亮很久"))
    with pytest.raises(errors.RoleForbids):
        actions.publish(city.officer.actor, ticket=ticket)


def test_consent_or_a_public_category_is_needed_and_consent_for_the_answers(city: City) -> None:
    make_category("private", public_default=False)
    quiet = closed(city, category="private", share_consent=False)
    with pytest.raises(errors.PublicationNotAllowed):
        actions.prepare(city.officer.actor, ticket=quiet, text=PublicText("标题", "诉求的内容"))
    lamp = closed(city, share_consent=False)
    with pytest.raises(errors.KnowledgeNeedsConsent):
        actions.prepare(city.officer.actor, ticket=lamp, text=PublicText("标题", "诉求的内容", "答复", True))
    with pytest.raises(errors.KnowledgeNeedsConsent):
        actions.prepare(
            city.officer.actor, ticket=closed(city), text=PublicText("标题", "诉求的内容", "", True)
        )


def test_a_new_draft_leaves_what_is_public_until_it_is_confirmed(city: City) -> None:
    ticket = published(city)
    actions.prepare(city.officer.actor, ticket=ticket, text=PublicText("新标题", "新的内容呀"))
    assert Publication.objects.get().title == "路灯不亮"
    actions.publish(city.dispatcher.actor, ticket=ticket)
    assert Publication.objects.get().title == "新标题"


def test_taken_back_is_gone_and_may_come_again(city: City) -> None:
    ticket = published(city)
    public_id = ticket.publication.public_id
    actions.unpublish(city.dispatcher.actor, ticket=ticket, reason="反映人不愿意了")
    with pytest.raises(errors.NotPublic):
        public_ticket(public_id)
    assert answers("路灯") == []
    actions.prepare(city.officer.actor, ticket=ticket, text=PublicText("再公开", "再次公开内容"))
    actions.publish(city.dispatcher.actor, ticket=ticket)
    assert public_ticket(public_id).title == "再公开"


def test_answers_are_found_by_their_words_the_most_alike_first(city: City) -> None:
    lamp = published(city, title="路灯不亮怎么报修", question="公园门口路灯不亮", answer="拨打热线报修路灯")
    other = published(city, title="路灯几点亮", question="路灯开灯时间", answer="随日落时间调整")
    published(city, title="公交改线", question="公交路线改了吗", answer="改了", knowledge=False)
    found = answers("路灯不亮找谁报修")
    assert [one.publication.ticket for one in found] == [lamp, other]
    assert answers("公交改线") == []
    assert len(answers("")) == 2
    assert answers("路灯", category="nothing") == []


def test_following_is_for_public_tickets_of_others(city: City) -> None:
    ticket, citizen = published(city), CitizenFactory.create(real_named=True)
    public_id = ticket.publication.public_id
    for _ in range(2):
        actions.follow(citizen.actor, citizen=citizen, public_id=public_id)
    actions.follow(city.citizen.actor, citizen=city.citizen, public_id=public_id)
    assert list(ticket.followers.values_list("citizen", flat=True)) == [citizen.pk]
    actions.unfollow(citizen.actor, citizen=citizen, public_id=public_id)
    assert not ticket.followers.exists()
    with pytest.raises(errors.NotPublic):
        actions.follow(citizen.actor, citizen=citizen, public_id=submitted(city).public_id)
