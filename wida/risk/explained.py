"""What counts for each factor: the text behind “What counts?”, and the legend as it is delivered.

Own wording. No item of a published instrument stands here: those may not be reproduced.
"""

from django.utils.translation import gettext_lazy as _

from wida.dossiers.codes import Colour
from wida.risk.codes import Factor, Indicator

WHAT_COUNTS = {
    Factor.DEATH_THREATS: _(
        "Somebody says, writes or shows that he or she will kill a family member or take his or her own life. "
        "Also thoughts or attempts, and threats through others."
    ),
    Factor.FEAR: _(
        "The victim is afraid for her or his own safety or that of the children. Note the words used, "
        "and also what somebody does out of fear: not sleeping, keeping away, always agreeing."
    ),
    Factor.SEVERE_VIOLENCE: _(
        "Violence with serious injury or that could have caused it: broken bones, burns, being admitted to hospital, "
        "rape, violence with an object."
    ),
    Factor.STRANGULATION: _(
        "Hands, an arm or an object around the throat, smothering, holding under water. Also without visible marks. "
        "Note loss of consciousness, voice or breath, and whether a doctor looked at it."
    ),
    Factor.ESCALATION: _(
        "Violence that comes more often, gets heavier or takes another form, for example messages and following "
        "after a no-contact order."
    ),
    Factor.CHILDREN: _(
        "Children who are hit or threatened themselves, who see or hear the violence, step in between, "
        "or are used to pass on threats."
    ),
    Factor.EARLIER_INSIDE: _(
        "Earlier violence between the members of this family, whether or not it was reported."
    ),
    Factor.EARLIER_OUTSIDE: _(
        "Violence against an earlier partner, in another family, or against others outside the family. "
        "Police and prosecutor usually know this best."
    ),
    Factor.CONTROL: _(
        "Somebody decides where the other may go, whom to see, what to spend; checks telephone, diary or clothes; "
        "or cuts the other off from family and friends."
    ),
    Factor.DEPENDENCY: _(
        "Somebody can't leave without losing income, home, residence permit, care or contact with the children."
    ),
    Factor.PSYCHOLOGICAL: _(
        "Behaviour that worries: strong jealousy, sudden rage, suspicion, depression, confusion. "
        "Describe what was seen; a diagnosis belongs here only with its source."
    ),
    Factor.SUBSTANCES: _(
        "Use of alcohol, drugs or medicines that goes with the violence, makes it worse or hinders help."
    ),
    Factor.AVOIDS_HELP: _(
        "Family members do not look for help, stop it, do not open the door, or are not allowed to accept it. "
        "Note also what the services did to reach them."
    ),
    Indicator.WEAPON: _(
        "A firearm, a knife or another weapon in the house or within reach, or used to threaten. "
        "Also a permit, a sport or a job with weapons."
    ),
    Indicator.SEPARATION: _(
        "Somebody left, wants to leave or asked advice about it. Note whether the other knows: "
        "the weeks around it are the most dangerous."
    ),
    Indicator.STALKING: _(
        "Following, waiting, calling or writing over and over, tracking through a telephone, car or the children."
    ),
    Indicator.PREGNANCY: _(
        "Violence or threats while somebody is pregnant, or who was at the time of the violence."
    ),
    Indicator.SEXUAL: _(
        "Forcing or pressing somebody to sexual acts, also within a relationship, also by sharing images."
    ),
    Indicator.CHILDREN_THREATENED: _("Threats to hurt, take away or kill a child, said to anybody."),
}

# The legend that holds until a house edits it: (short name, meaning).
DELIVERED_LEGEND = {
    Colour.GREEN: (_("Less serious."), _("An offer the family is free to accept. Ordinary help is enough.")),
    Colour.ORANGE: (
        _("Serious."),
        _("An assertive offer. Services keep in touch together and make contact themselves."),
    ),
    Colour.RED: (
        _("Very serious."),
        _("Act at once and agree a joint plan quickly. Also files with a temporary barring order."),
    ),
}
