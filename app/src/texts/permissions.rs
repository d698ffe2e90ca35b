//! Who may do what, in words: the policies in force, and what comes of them.

use plein_domain::permission::{Action, GlassIs, Policy, Thing, Under, Who};

named! {
    Action {
        ViewWhole => "een signaal helemaal zien" / "see a signal, whole",
        ViewOffered => "zien wat van een signaal beschikbaar is gesteld" / "see what is offered of a signal",
        ViewShared => "zien wat een koppeling van een signaal deelt" / "see what a link shares of a signal",
        Edit => "een signaal wijzigen" / "change a signal",
        Choose => "een signaal kiezen voor een casus" / "choose a signal for a case",
        ViewSignalLog => "zien wie een signaal heeft ingezien" / "see who viewed a signal",
        ViewSignalRefusals => "zien wie bij een signaal is geweigerd" / "see who was refused at a signal",
        ViewCase => "een casus zien, met tijdlijn en geschiedenis" / "see a case, with its timeline and history",
        LeadCase => "signalen koppelen en ontkoppelen, het team wijzigen" / "link and unlink signals, change the team",
        ViewCaseLog => "zien wie een casus heeft ingezien" / "see who viewed a case",
        ViewCaseRefusals => "zien wie bij een casus is geweigerd" / "see who was refused at a case",
        JudgeSubjects => "oordelen of betrokkenen dezelfde zijn" / "judge whether subjects are the same",
        WriteNote => "een notitie schrijven" / "write a note",
        ViewNote => "een notitie lezen" / "read a note",
        ChangeNote => "een notitie wijzigen of intrekken" / "change or withdraw a note",
        ViewPlan => "het plan van aanpak lezen" / "read the plan of approach",
        ExportPlan => "het plan meenemen als bestand of op papier" / "take the plan out as a file or on paper",
        EditPlan => "schrijven in het plan" / "write in the plan",
        BeginPlan => "aan het plan beginnen" / "begin the plan",
        AnswerPlan => "namens de afdeling antwoorden op een versie" / "answer to a version for the department",
        AdoptPlan => "een versie voorleggen en vaststellen" / "put a version before the departments and adopt it",
        Write => "een concept lezen en schrijven" / "read and write a draft",
        TakeInLists => "een lijst aanleveren om in te lezen" / "give a list to be taken in",
        WorkOnList => "werken aan een lijst die wordt ingelezen" / "work on a list that is being taken in",
        ImportRegister => "het verwerkingsregister inlezen" / "take in the processing register",
        WorkOnRegister => "werken aan een register dat wordt ingelezen" / "work on a register that is being taken in",
        TakeInFor => "regels signalen van een afdeling maken" / "make rows signals of a department",
        ListSignals => "de lijst van signalen zien" / "see the list of signals",
        LogSignal => "een signaal vastleggen" / "log a signal",
        ListCases => "de lijst van casussen zien" / "see the list of cases",
        OpenCase => "een casus openen" / "open a case",
        KeepViews => "weergaven van lijsten bewaren" / "keep views of lists",
        ManageView => "een weergave hernoemen of verwijderen" / "rename or remove a view",
        ViewOwnNotices => "de eigen meldingen zien" / "see the own notices",
        ViewOwnLog => "de eigen inzagen zien" / "see the own viewings",
        SearchLog => "de hele inzagelog lezen" / "read the whole access log",
        ExportLog => "de inzagelog meenemen als bestand, met bewijs" / "take the access log out as a file, with its proof",
        ReadProcessings => "de dataverwerkingen opvragen (Logboek Dataverwerkingen)" / "ask for the data processings (Logboek Dataverwerkingen)",
        LookUpSubject => "opzoeken wie een persoon heeft gezien" / "look up who saw a person",
        ViewLookUp => "het antwoord op zo'n zoekvraag lezen" / "read the answer to such a question",
        BreakGlass => "noodinzage gebruiken" / "use break-glass",
        OpenSignalInEmergency => "met noodinzage een signaal openen" / "open a signal by break-glass",
        OpenCaseInEmergency => "met noodinzage een casus openen" / "open a case by break-glass",
        ViewInEmergency => "met noodinzage dat ene dossier lezen" / "read that one record by break-glass",
        ViewOwnBreakGlass => "de eigen noodinzage en de beoordeling daarvan zien" / "see one's own break-glass and its review",
        StopBreakGlass => "een noodinzage stoppen" / "stop a break-glass",
        ListReviews => "zien welke noodinzagen op een beoordeling wachten" / "see which break-glasses wait for a review",
        ViewReview => "een noodinzage bekijken om haar te beoordelen, zonder inhoud" / "see a break-glass to review it, without content",
        GiveReview => "een noodinzage beoordelen" / "review a break-glass",
        ListPeople => "zien wie een plaats heeft en wie erop wacht" / "see who has a place and who waits for one",
        ListProposals => "zien welke wijzigingen op een tweede persoon wachten" / "see which changes wait for a second person",
        ViewPlace => "iemands plaats zien, wat daarmee gebeurde en waar die persoon is aangemeld" / "see somebody's place, what happened to it and where they are signed in",
        ChangePlace => "een plaats geven, wijzigen of ontnemen, of dat voorstellen" / "give, change or take away a place, or propose that",
        EndSessions => "iemand overal afmelden" / "end all sessions of somebody",
        DecideProposal => "een voorstel bevestigen of afwijzen" / "confirm or decline a proposal",
        WithdrawProposal => "het eigen voorstel intrekken" / "withdraw one's own proposal",
    }
    Thing {
        Signal => "Signalen" / "Signals",
        Case => "Casussen en hun plan" / "Cases and their plan",
        Note => "Notities bij een casus" / "Notes on a case",
        Draft => "Concepten" / "Drafts",
        View => "Bewaarde weergaven" / "Saved views",
        Import => "Lijsten die worden ingelezen" / "Lists that are taken in",
        Department => "Afdelingen" / "Departments",
        LookUp => "Zoekvragen: wie zag een persoon" / "Questions: who saw a person",
        BreakGlass => "Noodinzagen in een casus" / "Break-glass on a case",
        Person => "Iemands plaats in Plein" / "Somebody's place in Plein",
        Proposal => "Voorstellen om een plaats te wijzigen" / "Proposals to change a place",
        Area => "Plein als geheel" / "Plein as a whole",
    }
    GlassIs {
        OwnOpen => "De eigen noodinzage, nu open" / "One's own, open now",
        OwnOver => "De eigen noodinzage, voorbij" / "One's own, over",
        OthersOpen => "Van een ander, nu open" / "Somebody else's, open now",
        OthersOver => "Van een ander, voorbij" / "Somebody else's, over",
        OfFgOver => "Van de FG, voorbij, voor wie is ingesteld om die te beoordelen" / "Of the FG, over, for who is configured to review it",
    }
    Who {
        OwnMember => "medewerker van de afdeling die het vastlegde" / "member of the department that logged it",
        Member => "andere medewerkers" / "other members",
        TeamMember => "medewerker in het team van de casus" / "member in the team of the case",
        Coordinator => "regisseur buiten het team" / "coordinator outside the team",
        TeamCoordinator => "andere regisseur in het team" / "another coordinator in the team",
        Leading => "regisseur van de casus" / "coordinator of the case",
        PrivacyOfficer => "privacyfunctionaris" / "privacy officer",
        Fg => "functionaris gegevensbescherming (FG)" / "data protection officer (FG)",
        Administrator => "functioneel beheerder" / "administrator",
    }
    Under {
        Any => "zonder doel te noemen" / "without stating a purpose",
        Intake => "voor het vastleggen en beoordelen van signalen" / "for logging and judging signals",
        Case => "voor het doel van die casus" / "for the purpose of that case",
        OtherCase => "voor het doel van een andere casus" / "for the purpose of another case",
        Supervision => "voor het toezicht" / "for supervision",
        ResidentsRequest => "voor een verzoek van een inwoner" / "for a resident's request",
        Administration => "voor het beheer" / "for administration",
    }
    Policy {
        DepartmentViewsOwnSignals => "Een medewerker ziet signalen van de eigen afdeling, helemaal, om ze vast te leggen en te beoordelen." / "A member sees signals of the own department, whole, to log and judge them.",
        DepartmentEditsOwnSignals => "Een medewerker wijzigt signalen van de eigen afdeling; elke versie blijft bewaard." / "A member changes signals of the own department; every version is kept.",
        CoordinatorViewsWhatIsOfferedOfReceivedSignals => "Een regisseur ziet van signalen die nog niet in een casus zitten wat hun afdeling beschikbaar stelt, en kiest ze voor een casus." / "A coordinator sees what its department offers of signals that are in no case yet, and chooses them for a case.",
        TeamViewsWhatALinkShares => "Het team van een casus ziet van een gekoppeld signaal de onderdelen die bij de koppeling zijn gedeeld, voor het doel van die casus." / "The team of a case sees those parts of a linked signal that its link shares, for the purpose of that case.",
        DepartmentSeesWhoViewedItsSignals => "Een medewerker ziet wie signalen van de eigen afdeling heeft ingezien, en wie is geweigerd." / "A member sees who viewed signals of the own department, and who was refused.",
        TeamViewsItsCase => "Het team ziet de eigen casus, en wie die heeft ingezien." / "The team sees its case, and who viewed it.",
        CoordinatorLeadsOwnCase => "De regisseur van een casus koppelt en ontkoppelt signalen, wijzigt het team en ziet wie is geweigerd." / "The coordinator of a case links and unlinks signals, changes the team and sees who was refused.",
        TeamJudgesSubjectsSeenInSeveralSignalsOfItsCase => "Het team oordeelt of betrokkenen in meer signalen dezelfde zijn." / "The team judges whether subjects in several signals are the same.",
        TeamWritesNotesOnItsCase => "Het team schrijft notities bij de eigen casus." / "The team writes notes on its case.",
        TeamReadsTheNotesOnItsCase => "Het team leest de notities bij de eigen casus." / "The team reads the notes on its case.",
        AuthorInTheTeamChangesOwnNote => "Wie een notitie schreef, wijzigt haar of trekt haar in, zolang die persoon in het team zit." / "Who wrote a note changes or withdraws it, as long as they are in the team.",
        TeamReadsThePlanOfItsCaseAndTakesItOut => "Het team leest het plan van aanpak van de eigen casus en neemt het mee als bestand of op papier." / "The team reads the plan of approach of its case and takes it out as a file or on paper.",
        TeamDraftsThePlanOfItsCase => "Het team schrijft samen aan het plan van de eigen casus, zodra de regisseur eraan is begonnen." / "The team drafts the plan of its case together, once the coordinator has begun it.",
        TeamAnswersForItsDepartments => "Wie in het team zit, zegt namens de eigen afdeling wat die van een versie van het plan vindt." / "Who is in the team says for the own department what it thinks of a version of the plan.",
        CoordinatorProposesAndAdoptsThePlanOfOwnCase => "De regisseur van een casus legt een versie van het plan voor aan de afdelingen en stelt haar vast." / "The coordinator of a case puts a version of the plan before the departments and adopts it.",
        CoordinatorBeginsThePlanOfOwnCase => "De regisseur van een casus begint aan het plan." / "The coordinator of a case begins the plan.",
        AuthorWritesOwnDraft => "Een concept is alleen van wie het schrijft." / "A draft belongs to its writer alone.",
        WhoListsKeepsViewsOfLists => "Wie lijsten ziet, bewaart daarvan eigen weergaven." / "Who sees lists keeps views of them.",
        OwnerManagesOwnView => "Een weergave is alleen van wie haar bewaarde." / "A view belongs to who kept it.",
        MakerWorksOnOwnList => "Een lijst die wordt ingelezen, is alleen van wie haar aanleverde." / "A list that is being taken in belongs to who gave it.",
        MembersTakeInForTheirDepartmentAndCoordinatorsForAll => "Een medewerker maakt van regels signalen van de eigen afdeling, een regisseur ook van andere afdelingen." / "A member makes rows signals of the own department, a coordinator of other departments too.",
        PrivacyOfficerTakesInTheRegister => "De privacyfunctionaris leest het verwerkingsregister in." / "The privacy officer takes in the processing register.",
        PrivacyOfficerWorksOnOwnRegister => "Een register dat wordt ingelezen, is alleen van de privacyfunctionaris die het aanleverde." / "A register that is being taken in belongs to the privacy officer who gave it.",
        SignalsAreListedForIntake => "Medewerkers en regisseurs zien de lijst van signalen, ieder met wat zij mogen weten." / "Members and coordinators see the list of signals, each with what they may know.",
        MembersLogSignals => "Medewerkers leggen signalen vast." / "Members log signals.",
        ListsAreTakenInByWhoLogsOrCoordinates => "Medewerkers en regisseurs leveren een lijst aan om in te lezen." / "Members and coordinators give a list to be taken in.",
        CasesAreListedForThoseWhoWorkInThem => "Medewerkers en regisseurs zien de lijst van casussen in welk team zij zitten." / "Members and coordinators see the list of cases in whose team they are.",
        CoordinatorsOpenCases => "Regisseurs openen casussen." / "Coordinators open cases.",
        EverybodySeesTheirOwnNotices => "Iedereen ziet de eigen meldingen." / "Everybody sees their own notices.",
        EverybodySeesTheirOwnViewings => "Iedereen ziet de eigen inzagen." / "Everybody sees their own viewings.",
        FgReadsTheLog => "De functionaris gegevensbescherming (FG) leest de hele inzagelog, voor het toezicht." / "The data protection officer (FG) reads the whole access log, for supervision.",
        FgTakesTheLogOut => "De FG neemt de inzagelog mee als bestand, met het bewijs dat die klopt, voor het toezicht." / "The data protection officer takes the access log out as a file, with the proof that it is right, for supervision.",
        FgReadsTheDataProcessings => "De FG vraagt de dataverwerkingen op, zonder wie ze deed, voor het toezicht." / "The data protection officer asks for the data processings, without who did them, for supervision.",
        FgLooksUpWhoSawAPerson => "De FG zoekt op wie een persoon heeft gezien, voor het toezicht, en zonder te zien wat er staat." / "The data protection officer looks up who saw a person, for supervision, and without seeing what is written there.",
        FgReadsOwnLookUp => "Het antwoord op een zoekvraag leest alleen de FG die haar stelde." / "The answer to a look-up is read only by the data protection officer who asked.",
        MembersAndCoordinatorsMayBreakGlass => "Medewerkers en regisseurs kunnen noodinzage gebruiken: één dossier lezen dat anders niet open voor hen is, met een motief en voor 30 minuten." / "Members and coordinators may use break-glass: read one record that is otherwise not open to them, with a motive and for 30 minutes.",
        GlassIsBrokenForASignalOfAnotherDepartment => "Noodinzage opent een signaal van een andere afdeling; wie het meldde, blijft verborgen." / "Break-glass opens a signal of another department; who reported it stays hidden.",
        GlassIsBrokenForACaseOfAnotherTeam => "Noodinzage opent een casus voor wie niet in het team zit." / "Break-glass opens a case for who is not in its team.",
        WhoBrokeTheGlassReadsThatRecordForAWhile => "Wie noodinzage gebruikt, leest alleen dat dossier, voor het doel waarvoor het wordt bijgehouden, tot de tijd voorbij is." / "Who uses break-glass reads that record only, for the purpose for which it is kept, until the time is over.",
        WhoBrokeTheGlassSeesAndStopsIt => "Wie noodinzage gebruikte, ziet de eigen noodinzage met de beoordeling en kan haar stoppen." / "Who used break-glass sees their own use with its review and can stop it.",
        ReviewersSeeWhatWaitsForThem => "De FG ziet welke noodinzagen op een beoordeling wachten; wie is ingesteld om de FG te beoordelen, ziet die van de FG." / "The FG sees which uses of break-glass wait for a review; who is configured to review the FG sees those of the FG.",
        SomebodyElseLooksAtBrokenGlass => "Iemand anders dan wie haar gebruikte, bekijkt een noodinzage en kan haar stoppen: de FG, en voor een FG wie daarvoor is ingesteld." / "Somebody else than who used it looks at a break-glass and can stop it: the FG, and for an FG who is configured for that.",
        SomebodyElseReviewsBrokenGlassAfterwards => "Diezelfde beoordeelt haar achteraf. Niemand beoordeelt zichzelf." / "The same reviews it afterwards. Nobody reviews themselves.",
        AdministratorsSeePlacesAndEndSessions => "Een functioneel beheerder ziet wie een plaats heeft, wie erop wacht en waar zij zijn aangemeld, en kan hen afmelden." / "An administrator sees who has a place, who waits for one and where they are signed in, and can end their sessions.",
        AdministratorsChangePlacesOfOthers => "Een functioneel beheerder geeft, wijzigt en ontneemt plaatsen, nooit de eigen." / "An administrator gives, changes and takes away places, never their own.",
        AdministratorsAndPrivacyOfficersSeeProposals => "Functioneel beheerders en privacyfunctionarissen zien welke wijzigingen op een tweede persoon wachten." / "Administrators and privacy officers see which changes wait for a second person.",
        SomebodyElseDecidesAboutAProposal => "Iemand anders dan wie een wijziging voorstelde, en dan om wie het gaat, bevestigt haar of wijst haar af." / "Somebody else than who proposed a change, and than whom it is about, confirms or declines it.",
        ProposerWithdrawsOwnProposal => "Wie een wijziging voorstelde, kan haar intrekken." / "Who proposed a change can withdraw it.",
        FgAndAdministratorSeeNoContent => "De FG en de functioneel beheerder zien nooit inhoud van signalen en casussen, ook niet als zij nog een rol hebben." / "The FG and the administrator never see content of signals and cases, not even with another role besides.",
        FgAndAdministratorDoNotMakeTheRegister => "De FG en de functioneel beheerder maken het verwerkingsregister niet." / "The FG and the administrator do not make the processing register.",
    }
}

texts! {
    TITLE = "Wie mag wat" / "Who may do what";
    LEAD = "Deze regels bepalen wie in {} wat mag. Het programma vraagt ze bij elke stap opnieuw. Wat hier niet staat, mag niemand." / "These rules decide who may do what in {}. The program asks them anew at every step. What does not stand here, nobody may do.";
    LOGGED = "Van alles wat iemand inziet, en van alles wat wordt geweigerd, komt eerst een regel in de inzagelog." / "Of everything that somebody views, and of everything that is refused, a line goes into the access log first.";
    RULES = "De regels" / "The rules";
    RESULT = "Wat daaruit volgt" / "What comes of them";
    RESULT_LEAD = "Plein heeft dit uitgerekend door de regels alles te vragen: voor elke rol, in elke toestand en voor elk doel." / "Plein worked this out by asking the rules everything: for each role, in each state and for each purpose.";
    CAPTION = "{}: wat mag, wanneer, en wie dat mag" / "{}: what may be done, when, and by whom";
    WHAT = "Wat" / "What";
    WHEN = "Wanneer" / "When";
    BY_WHOM = "Wie, en waarvoor" / "Who, and what for";
    ALWAYS = "Altijd" / "Always";
    OFFERS = "{}, er is iets beschikbaar gesteld" / "{}, something is offered";
    OFFERS_NOTHING = "{}, er is niets beschikbaar gesteld" / "{}, nothing is offered";
    OWN = "Van wie het vraagt" / "One's own";
    OTHERS = "Van een ander" / "Somebody else's";
    ABOUT_ONESELF = "Van een ander, over uzelf" / "Somebody else's, about yourself";
    EVERYBODY = "iedereen die is aangemeld" / "everybody who is signed in";
    EACH = "{}, {}" / "{}, {}";
}
