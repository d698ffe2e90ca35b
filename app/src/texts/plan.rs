//! Words of the plan of approach.

texts! {
    TITLE = "Plan van aanpak" / "Plan of approach";
    OF_CASE = "Plan van aanpak bij casus {}" / "Plan of approach of case {}";
    NONE = "Er is nog geen plan van aanpak." / "There is no plan of approach yet.";
    NONE_LEADER = "Begin het plan. Het krijgt vaste onderdelen en een onderdeel voor elke afdeling in het team. Daarna schrijft het hele team er samen in, ook tegelijk." / "Begin the plan. It gets fixed sections and one for each department in the team. After that the whole team writes in it together, also at the same time.";
    NONE_MEMBER = "De regisseur begint het plan. Daarna schrijft u er samen in." / "The coordinator begins the plan. After that you write in it together.";
    BEGIN = "Plan beginnen" / "Begin the plan";
    BEGUN = "Begonnen door {} op {}" / "Begun by {} on {}";
    HERE = "Nu in het plan" / "In the plan now";
    NOBODY_HERE = "niemand" / "nobody";
    CHANGED = "Laatst gewijzigd door {} op {}" / "Last changed by {} on {}";
    UNCHANGED = "Hier is nog niets geschreven." / "Nothing has been written here yet.";
    NO_SCRIPT = "Schrijven kan alleen met JavaScript. Lezen kan altijd." / "Writing needs JavaScript. Reading always works.";
    INTERVENTIONS = "Interventies" / "Interventions";
    INTERVENTIONS_CAPTION = "Interventies in dit plan" / "Interventions in this plan";
    INTERVENTION = "Interventie" / "Intervention";
    KIND = "Soort" / "Kind";
    WHAT = "Wat" / "What";
    POWER = "Bevoegdheid" / "Power";
    BODY = "Bevoegd orgaan" / "Competent body";
    DEPARTMENT = "Afdeling" / "Department";
    OWNER = "Wie" / "Who";
    DUE = "Uiterlijk" / "Due";
    STATUS = "Stand" / "Status";
    RESULT = "Resultaat" / "Result";
    NOT_FILLED = "niet ingevuld" / "not filled in";
    EXPORT = "Downloaden als Word-bestand" / "Download as a Word file";
    EXPORT_NOTE = "Het bestand staat buiten Plein: u bent er zelf verantwoordelijk voor. Dat u het meeneemt, wordt vastgelegd." / "The file stands outside Plein: you are responsible for it yourself. That you take it out is recorded.";
    PRINT = "Om af te drukken" / "For printing";
    PRINTED_BY = "Afgedrukt door" / "Printed by";
    PRINTED_AT = "Afgedrukt op" / "Printed on";
    BACK_TO_PLAN = "Terug naar het plan" / "Back to the plan";
    X_CASE = "Casus" / "Case";
    X_PURPOSE = "Doel" / "Purpose";
    X_VERSION = "Versie" / "Version";
    X_DRAFT = "Concept" / "Draft";
    X_BY = "Geëxporteerd door" / "Exported by";
    X_AT = "Geëxporteerd op" / "Exported on";
    X_ID = "Export" / "Export";
    X_PAGE = "Pagina" / "Page";
    X_OF = "van" / "of";
    X_LIMITATION = "Alleen voor dit doel te gebruiken. Niet verder verspreiden." / "To be used for this purpose only. Not to be passed on.";
    BACK = "Terug naar de casus" / "Back to the case";
    PURPOSE = "Gebruik dit plan alleen voor: {}" / "Use this plan for this only: {}";
}
