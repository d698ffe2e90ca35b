//! Words of administration: people, their places, proposals, sessions.

use plein_domain::administration::{PlaceEvent, ProposalVerb, Word};

named! {
    Word {
        Provider => "De groepen bij de aanmelddienst" / "The groups at the sign-in service",
        Administrator => "Een beheerder" / "An administrator",
    }
    PlaceEvent {
        Given => "Plaats gegeven" / "Place given",
        Changed => "Plaats gewijzigd" / "Place changed",
        TakenAway => "Plaats ontnomen" / "Place taken away",
        Proposed => "Voorgesteld" / "Proposed",
        Confirmed => "Voorstel bevestigd" / "Proposal confirmed",
        Declined => "Voorstel afgewezen" / "Proposal declined",
        Withdrawn => "Voorstel ingetrokken" / "Proposal withdrawn",
        Lapsed => "Voorstel vervallen" / "Proposal lapsed",
        Contradicted => "Niet toegelaten: de groepen bij de aanmelddienst zeggen iets anders" / "Not let in: the groups at the sign-in service say something else",
        ByProvider => "Volgens de groepen bij de aanmelddienst" / "By the groups at the sign-in service",
        ProviderSilent => "De groepen bij de aanmelddienst geven geen plaats meer" / "The groups at the sign-in service give no place any more",
        ByCommand => "Beheerder gemaakt met een opdracht op de server" / "Made administrator by a command on the server",
    }
    ProposalVerb {
        Confirm => "Bevestigen" / "Confirm",
        Decline => "Afwijzen" / "Decline",
        Withdraw => "Voorstel intrekken" / "Withdraw the proposal",
    }
}

texts! {
    TITLE = "Beheer" / "Administration";
    LEAD = "Wie met Plein werkt, en wie daarop wacht. U geeft mensen een plaats: een afdeling en een of meer rollen. Alles wat u hier bekijkt of wijzigt, komt in de inzagelog. Signalen en casussen ziet u niet." / "Who works with Plein, and who waits for that. You give people a place: a department and one or more roles. All that you view or change here goes into the access log. You do not see signals and cases.";
    LISTS = "Onderdelen van het beheer" / "Parts of the administration";
    WAITING = "Wie wacht op een plaats" / "Who waits for a place";
    WAITING_SHORT = "Wachten" / "Waiting";
    WAITING_LEAD = "Deze mensen hebben zich aangemeld en kunnen nog niets, of hun plaats is ontnomen. Wie het langst wacht, staat bovenaan." / "These people signed in and can do nothing yet, or their place was taken away. Who waits longest stands first.";
    WAITING_EMPTY = "Er wacht niemand op een plaats." / "Nobody waits for a place.";
    WAITING_CAPTION = "Mensen die op een plaats wachten, langst wachtend eerst" / "People who wait for a place, longest waiting first";
    PLACED = "Wie een plaats heeft" / "Who has a place";
    PLACED_SHORT = "Met een plaats" / "With a place";
    PLACED_EMPTY = "Er heeft nog niemand een plaats." / "Nobody has a place yet.";
    PLACED_CAPTION = "Mensen met een plaats, per afdeling" / "People with a place, by department";
    NAME = "Naam" / "Name";
    IDENTIFIER = "Kenmerk bij de aanmelddienst" / "Identifier at the sign-in service";
    NO_IDENTIFIER = "Geen" / "None";
    SINCE = "Sinds" / "Since";
    HAD = "Had eerder een plaats" / "Had a place before";
    LAST_TRIED = "Laatst gezien" / "Last seen";
    ROLES = "Rollen" / "Roles";
    WHOSE_WORD = "Wie bepaalt de plaats" / "Who decides on the place";
    SIGNED_IN = "Laatst aangemeld" / "Last signed in";
    NEVER = "Nog niet" / "Not yet";
    NO_PLACE = "Geen plaats" / "No place";
    PLACE = "Plaats" / "Place";
    PLACE_IS = "{}, {}" / "{}, {}";
    TO_PEOPLE = "Terug naar beheer" / "Back to administration";
    OWN = "Dit bent u zelf. Uw eigen plaats kan alleen een andere beheerder wijzigen." / "This is you. Only another administrator can change your own place.";
    GIVE = "Een plaats geven" / "Give a place";
    CHANGE = "De plaats wijzigen" / "Change the place";
    FORM_INTRO = "Een wijziging geldt meteen, en de persoon moet zich opnieuw aanmelden. De rollen FG en functioneel beheerder geeft of ontneemt niemand alleen: dat wordt een voorstel, dat een andere beheerder of een privacyfunctionaris bevestigt. Ook de rol privacyfunctionaris ontneemt niemand alleen; geven kan alleen zolang niemand het kan bevestigen." / "A change takes effect at once, and the person has to sign in again. Nobody gives or takes the roles of data protection officer and administrator alone: that becomes a proposal, which another administrator or a privacy officer confirms. Nobody takes the role of privacy officer alone either; one gives it alone only as long as nobody can confirm it.";
    Q_DEPARTMENT = "Afdeling" / "Department";
    Q_ROLES = "Rollen" / "Roles";
    H_FG = "Alleen deze rol; met een voorstel." / "This role alone; by a proposal.";
    H_PRIVACY_OFFICER = "Met een voorstel, zodra iemand anders dat kan bevestigen." / "By a proposal, as soon as somebody else can confirm it.";
    H_ADMINISTRATOR = "Met een voorstel." / "By a proposal.";
    SAVE = "Plaats opslaan" / "Save the place";
    PROVIDERS_NOT_CHANGED = "Er is niets gewijzigd: deze plaats komt van de groepen bij de aanmelddienst. Wijzig haar daar, of ontneem haar hieronder." / "Nothing was changed: this place comes from the groups at the sign-in service. Change it there, or take it away below.";
    CHOSEN = "Wat u koos" / "What you chose";
    PROVIDERS = "Deze plaats komt van de groepen bij de aanmelddienst. Wijzig haar daar: bij de volgende aanmelding geldt wat de groepen zeggen. Hier kunt u de plaats wel ontnemen." / "This place comes from the groups at the sign-in service. Change it there: at the next sign-in the groups count. Here you can take the place away.";
    TAKE_AWAY = "De plaats ontnemen" / "Take the place away";
    TAKE_AWAY_TEXT = "De persoon wordt meteen overal afgemeld en kan niets meer, ook als de groepen bij de aanmelddienst nog een plaats geven. Wat de persoon vastlegde, blijft." / "The person is signed out everywhere at once and can do nothing any more, also when the groups at the sign-in service still give a place. What the person recorded stays.";
    TAKE_AWAY_BUTTON = "Plaats ontnemen" / "Take the place away";
    AWAY = "Een beheerder ontnam deze plaats. Wat de groepen bij de aanmelddienst zeggen, telt niet tot u weer een plaats geeft." / "An administrator took this place away. What the groups at the sign-in service say does not count until you give a place again.";
    SESSIONS = "Waar deze persoon is aangemeld" / "Where this person is signed in";
    SESSIONS_EMPTY = "Deze persoon is nu nergens aangemeld." / "This person is not signed in anywhere now.";
    END_ALL = "Overal afmelden" / "Sign out everywhere";
    HISTORY = "Wat er met de plaats gebeurde" / "What happened to the place";
    HISTORY_EMPTY = "Er is nog niets gebeurd." / "Nothing happened yet.";
    HISTORY_CAPTION = "Wijzigingen van deze plaats, nieuwste eerst" / "Changes of this place, newest first";
    WHEN = "Wanneer" / "When";
    WHAT = "Wat" / "What";
    WHO = "Wie" / "Who";
    BY_PROVIDER = "Aanmelddienst" / "Sign-in service";
    BEFORE = "Was" / "Was";
    AFTER = "Wordt" / "Becomes";
    PROPOSALS = "Voorstellen" / "Proposals";
    PROPOSALS_LEAD = "De rollen FG, functioneel beheerder en privacyfunctionaris krijgt of verliest iemand pas als een tweede persoon dat bevestigt: een andere beheerder of een privacyfunctionaris. Wie het voorstelde en om wie het gaat, kunnen dat niet. Een voorstel vervalt na twee weken, als de plaats intussen wijzigt, en als wie het voorstelde geen beheerder meer is." / "Somebody gets or loses the roles of data protection officer, administrator and privacy officer only when a second person confirms that: another administrator or a privacy officer. Who proposed it and whom it is about cannot. A proposal lapses after two weeks, when the place changes meanwhile, and when who proposed it is no administrator any more.";
    PROPOSALS_EMPTY = "Er zijn geen voorstellen die op iemand wachten." / "There are no proposals that wait for anybody.";
    PROPOSALS_ONE = "1 voorstel wacht op een tweede persoon" / "1 proposal waits for a second person";
    PROPOSALS_SEVERAL = "{} voorstellen wachten op een tweede persoon" / "{} proposals wait for a second person";
    PROPOSAL_OPEN = "Er is een voorstel open" / "A proposal is open";
    PROPOSED_BY = "Voorgesteld door" / "Proposed by";
    LAPSES = "Vervalt op" / "Lapses on";
    NOT_YOURS = "Hierover beslist iemand anders." / "Somebody else decides about this.";
    ABOUT = "Voorstel over {}" / "Proposal about {}";
    OVERTAKEN = "Er is niets gewijzigd: intussen is er iets veranderd. Hieronder staat hoe het nu is. Kijk opnieuw, en kies dan." / "Nothing was changed: something changed meanwhile. Below stands how it is now. Look again, and then choose.";
    ONE_IS_OPEN = "Er is niets gewijzigd: over deze persoon is al een voorstel open. Laat daar eerst over beslissen." / "Nothing was changed: a proposal about this person is open already. Have that decided first.";
    LAST = "Er is niets gewijzigd: dit is de laatste beheerder. Maak eerst iemand anders beheerder." / "Nothing was changed: this is the last administrator. Make somebody else administrator first.";
    SAME = "Er is niets gewijzigd: de plaats is al zo." / "Nothing was changed: the place is like that already.";
    NOT_OPEN = "Er is niets gewijzigd: dit voorstel is niet meer open. Iemand anders besliste erover, of het verviel." / "Nothing was changed: this proposal is not open any more. Somebody else decided about it, or it lapsed.";
    MINE = "Waar ben ik aangemeld" / "Where am I signed in";
    MINE_LEAD = "Op deze apparaten bent u nu in Plein aangemeld. Herkent u er een niet? Meld dat apparaat hieronder af, en laat het uw beheerder weten." / "On these devices you are signed in to Plein now. You do not recognise one? Sign it out below, and let your administrator know.";
    SESSIONS_CAPTION = "Sessies, laatst gebruikt eerst" / "Sessions, used last first";
    DEVICE = "Apparaat" / "Device";
    UNKNOWN_DEVICE = "Onbekend" / "Unknown";
    HERE = "Deze sessie" / "This session";
    BEGUN = "Aangemeld op" / "Signed in on";
    LAST_USED = "Laatst gebruikt" / "Last used";
    END = "Afmelden" / "Sign out";
    END_OF = "{}, aangemeld op {}" / "{}, signed in on {}";
    END_OTHERS = "Overal elders afmelden" / "Sign out everywhere else";
    ONLY_HERE = "U bent alleen hier aangemeld." / "You are signed in here alone.";
}
