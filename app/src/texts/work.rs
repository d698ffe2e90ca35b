//! Words of *Mijn werk*.

texts! {
    INTERVENTIONS = "Interventies die u uitvoert" / "Interventions you carry out";
    INTERVENTIONS_EMPTY = "In de plannen staat nu niets dat u moet doen." / "The plans hold nothing for you to do now.";
    DUE_ON = "uiterlijk {}" / "due {}";
    NO_DUE = "geen datum" / "no date";
    OVERDUE = "te laat" / "overdue";
    MENTIONS = "U bent genoemd" / "You were mentioned";
    MENTIONED = "U bent genoemd in het plan van {}" / "You were mentioned in the plan of {}";
    MENTIONED_BY = "door {}, {}" / "by {}, {}";
    TITLE = "Mijn werk" / "My work";
    HELLO = "Welkom, {}" / "Welcome, {}";
    DRAFTS = "Concepten" / "Drafts";
    DRAFTS_EMPTY = "U hebt geen concepten. Wat u in een formulier typt, wordt hier bewaard tot u het verstuurt." / "You have no drafts. What you type in a form is kept here until you send it.";
    DRAFT_SAVED_AT = "Bewaard op {}" / "Saved on {}";
    CONTINUE = "Verder met {}, bewaard op {}" / "Continue with {}, saved on {}";
    CONTINUE_SHORT = "Verder" / "Continue";
    DISCARD_SHORT = "Weggooien" / "Discard";
    DISCARD_LONG = "{}, bewaard op {}" / "{}, saved on {}";
    SIGNALS = "Nieuwste signalen van {}" / "Newest signals of {}";
    SIGNALS_EMPTY = "Uw afdeling heeft nog geen signalen vastgelegd. Ziet of hoort u iets dat op ondermijning kan wijzen? Leg het vast als signaal." / "Your department has not logged any signals yet. Do you see or hear something that may point to undermining? Log it as a signal.";
    ALL_SIGNALS = "Alle signalen" / "All signals";
    CASES = "Casussen waarin u werkt" / "Cases you work in";
    CASES_EMPTY = "U zit nu niet in het team van een casus. De regisseur van een casus kan u toevoegen." / "You are not in the team of a case now. The coordinator of a case can add you.";
    CASES_EMPTY_COORDINATOR = "U hebt nog geen casussen. Open een casus als signalen van verschillende afdelingen bij elkaar horen." / "You have no cases yet. Open a case when signals of several departments belong together.";
    ALL_CASES = "Alle casussen" / "All cases";
    WAITING = "Wacht op beoordeling" / "Waiting to be assessed";
    WAITING_INTRO = "Ontvangen signalen die hun afdeling aan het plein beschikbaar stelt en die nog in geen casus zitten." / "Received signals that their department offers and that are in no case yet.";
    WAITING_EMPTY = "Er wachten geen signalen." / "No signals are waiting.";
    FG = "U houdt toezicht. U ziet de inzagelog: wie keek wanneer waarnaar, en met welk doel. De inhoud van signalen en casussen ziet u niet." / "You supervise. You see the access log: who looked at what, when, and for which purpose. You do not see what signals and cases contain.";
    FG_OPEN = "Inzagelog openen" / "Open the access log";
    ADMINISTRATOR = "U beheert de toepassing. Er is hier nog niets voor u te doen. De inhoud van signalen en casussen ziet u niet: dat hoort zo." / "You keep the application in order. There is nothing for you to do here yet. You do not see what signals and cases contain: that is how it should be.";
    PRIVACY_OFFICER = "U beslist straks over privacychecks. Die stap is er nog niet. Zit u in het team van een casus, dan staat die hieronder." / "You will decide on privacy checks. That step is not there yet. When you are in the team of a case, it stands below.";
    WHO_LOOKED = "Wat u zelf hebt ingezien, staat bij Mijn inzagen." / "What you viewed yourself stands under My viewings.";
}
