//! Words of the history of a case.

texts! {
    TITLE = "Geschiedenis" / "History";
    OF_CASE = "Geschiedenis van casus {}" / "History of case {}";
    EXPLAIN = "Wat er in deze casus is gebeurd, nieuwste eerst. Wie iets heeft ingezien, staat bij de inzagen." / "What happened in this case, newest first. Who viewed something stands under the viewings.";
    WHO = "{} ({})" / "{} ({})";
    OPENED = "{} opende de casus." / "{} opened the case.";
    LINKED_ONE = "{} koppelde signaal {}." / "{} linked signal {}.";
    LINKED_SEVERAL = "{} koppelde {} signalen: {}." / "{} linked {} signals: {}.";
    UNLINKED_ONE = "{} ontkoppelde signaal {}." / "{} unlinked signal {}.";
    UNLINKED_SEVERAL = "{} ontkoppelde {} signalen: {}." / "{} unlinked {} signals: {}.";
    JOINED_ONE = "{} voegde {} toe aan het team." / "{} added {} to the team.";
    JOINED_SEVERAL = "{} voegde {} mensen toe aan het team: {}." / "{} added {} people to the team: {}.";
    LEFT_ONE = "{} haalde {} uit het team." / "{} took {} off the team.";
    LEFT_SEVERAL = "{} haalde {} mensen uit het team: {}." / "{} took {} people off the team: {}.";
    PLAN_BEGUN = "{} begon het plan van aanpak." / "{} began the plan of approach.";
    VERSION_KEPT = "{} bewaarde versie {} van het plan." / "{} kept version {} of the plan.";
    VERSION_REMOVED = "{} verwijderde versie {} van het plan." / "{} removed version {} of the plan.";
    VERSION_PROPOSED = "{} legde versie {} van het plan voor aan de afdelingen." / "{} put version {} of the plan before the departments.";
    ANSWERED = "{} gaf antwoord op versie {} van het plan." / "{} answered version {} of the plan.";
    VERSION_ADOPTED = "{} stelde versie {} van het plan vast." / "{} adopted version {} of the plan.";
    NOTE_WRITTEN = "{} schreef een notitie." / "{} wrote a note.";
    NOTE_CHANGED = "{} wijzigde een eigen notitie." / "{} changed a note of their own.";
    NOTE_WITHDRAWN = "{} trok een eigen notitie in." / "{} withdrew a note of their own.";
    SUBJECTS_JUDGED = "{} beoordeelde of betrokkenen in {} dezelfde zijn." / "{} judged whether subjects in {} are the same.";
    JUDGEMENT_UNDONE = "{} maakte een oordeel over betrokkenen in {} ongedaan." / "{} undid a judgement on subjects in {}.";
    CHANGED = "Veranderd sinds u keek" / "Changed since you looked";
    CHANGED_ONE = "1 verandering" / "1 change";
    CHANGED_SEVERAL = "{} veranderingen" / "{} changes";
    CHANGED_NEWEST = "de laatste op {}" / "the last one on {}";
}
