//! Words of taking in a processing register.

texts! {
    TITLE = "Verwerkingsregister inlezen" / "Take in a processing register";
    LEAD = "Houdt u het verwerkingsregister bij in Excel? Lees het hier in. U ziet eerst per regel wat er nieuw is en wat er verandert. Pas als u dat zegt, wordt het de nieuwe versie." / "Do you keep the processing register in Excel? Take it in here. First you see for each row what is new and what changes. Only when you say so, it becomes the new version.";
    FILE_HINT = "Hoogstens 10 MB en 1.000 verwerkingen. Formules worden niet uitgevoerd. Verborgen kolommen worden niet meegenomen, tenzij u ze zelf kiest." / "At most 10 MB and 1,000 processings. Formulas are not run. Hidden columns are not taken along, unless you choose them yourself.";
    MINE = "Uw bestanden" / "Your files";
    MINE_EMPTY = "U hebt geen bestanden." / "You have no files.";
    MINE_HINT = "Alleen u ziet uw bestanden. Ze worden vanzelf verwijderd; een versie die ervan is gemaakt, blijft." / "Only you see your files. They are removed by themselves; a version that was made of one stays.";
    DISCARD = "Bestand weggooien" / "Throw file away";
    DISCARD_ASK = "Wilt u dit bestand weggooien?" / "Do you want to throw this file away?";
    DISCARD_TEXT = "Het bestand en uw keuzes verdwijnen. Een versie van het register die ervan is gemaakt, blijft." / "The file and your choices disappear. A version of the register that was made of it stays.";
    BACK = "Naar uw bestanden" / "To your files";

    COLUMNS_LEAD = "Bestand: {}. Kijk of hieronder goed staat wat elke kolom betekent." / "File: {}. Check whether it says right below what each column means.";
    COLUMNS_AGAIN = "Bewaart u andere kolommen, dan worden alle regels opnieuw beoordeeld. Uw antwoorden op de pagina daarna vervallen dan." / "If you save other columns, all rows are judged anew. Your answers on the next page are then lost.";
    S_REST = "Wat geldt als een regel niets zegt?" / "What holds when a row says nothing?";
    Q_ABOVE = "Lege cellen bij hoofdproces en onderliggend proces" / "Empty cells for main process and underlying process";
    ABOVE_YES = "Een lege cel betekent: hetzelfde als in de regel erboven" / "An empty cell means: the same as in the row above";
    Q_VALID_FROM = "Vanaf welke dag gelden nieuwe verwerkingen?" / "From which day are new processings in force?";
    H_VALID_FROM = "Alleen voor nieuwe verwerkingen zonder eigen datum. Bijvoorbeeld 1-1-2026." / "Only for new processings without a date of their own. For example 1-1-2026.";

    PROPOSAL_TITLE = "Nieuwe versie controleren" / "Check the new version";
    FILE_NAME = "Bestand: {}." / "File: {}.";
    TALLY = "Nieuw: {}. Gewijzigd: {}. Hetzelfde: {}. Kan zo niet: {}. Niet in het bestand: {}." / "New: {}. Changed: {}. The same: {}. Cannot be taken in: {}. Not in the file: {}.";
    S_CANNOT = "Kan zo niet worden ingelezen ({})" / "Cannot be taken in as it is ({})";
    S_CANNOT_INTRO = "Deze regels houden de andere niet tegen. Wat van deze verwerkingen al in het register staat, blijft zo. Verbeter de regels in uw bestand en lees het opnieuw in." / "These rows do not stop the others. What the register already has of these processings stays so. Correct the rows in your file and take it in again.";
    S_CHANGED = "Gewijzigd ({})" / "Changed ({})";
    S_CHANGED_INTRO = "Signalen en casussen die onder deze verwerkingen staan, blijven eronder staan. Wat er eerder stond, blijft in de versies te zien." / "Signals and cases that stand under these processings stay under them. What it said before can still be seen in the versions.";
    S_NEW = "Nieuw ({})" / "New ({})";
    S_SAME = "Hetzelfde ({})" / "The same ({})";
    S_ABSENT = "Niet in het bestand ({})" / "Not in the file ({})";
    S_ABSENT_INTRO = "Deze verwerkingen staan wel in het register en niet in uw bestand. Ze blijven gelden, tenzij u ze aanvinkt om te eindigen. Niets wordt verwijderd." / "The register has these processings and your file does not. They stay in force, unless you tick them to end. Nothing is removed.";
    ROW = "Regel" / "Row";
    ROW_NUMBER = "Regel {}" / "Row {}";
    CHANGES = "Wat verandert er" / "What changes";
    FOR_CASES = "Voor casussen" / "For cases";
    FOR_CASES_INTRO = "Uw bestand zegt niet onder welke verwerkingen casussen mogen worden geopend. Vink die hier aan." / "Your file does not say under which processings cases may be opened. Tick these here.";
    USED = "In gebruik" / "In use";
    END = "Eindigen" / "End";
    ENDS_ON = "Laatste dag van wat u aanvinkt" / "Last day of what you tick";
    H_ENDS_ON = "Vandaag of later, bijvoorbeeld {}. Na deze dag kan er geen nieuw signaal of nieuwe casus onder." / "Today or later, for example {}. After this day no new signal or case can stand under it.";
    CONFIRM = "Bevestigen" / "Confirm";
    CONFIRM_ALL = "Alle regels inlezen als nieuwe versie" / "Take in all rows as the new version";
    CONFIRM_POSSIBLE = "Alleen inlezen wat kan, als nieuwe versie" / "Take in only what can be, as the new version";
    CONFIRM_NOTE = "Alles wordt in één keer ingelezen. Als intussen iemand anders een nieuwe versie inleest, gebeurt er niets en kijkt u opnieuw." / "Everything is taken in at once. If somebody else takes in a new version meanwhile, nothing happens and you look again.";
    AS_FILE = "Oordeel per regel als CSV-bestand" / "Judgement of each row as a CSV file";
    X_FILE = "oordeel-verwerkingsregister.csv" / "judgement-processing-register.csv";

    F_MISSING = "{} ontbreekt. Vul dit in het bestand in." / "{} is missing. Fill it in in the file.";
    F_NOT_UNDERSTOOD = "{}: '{}' is niet begrepen." / "{}: '{}' was not understood.";
    F_BASIS = "Grondslag: '{}' is niet begrepen. Noem één grondslag, bijvoorbeeld 'publieke taak' of 'art. 6 lid 1 onder e AVG'." / "Legal basis: '{}' was not understood. Name one basis, for example 'public task' or 'art. 6(1)(e) GDPR'.";
    F_LEGITIMATE = "Gerechtvaardigd belang (art. 6 lid 1 onder f AVG) kan een gemeente voor haar taken niet gebruiken. Kies een andere grondslag." / "A municipality cannot use legitimate interest (art. 6(1)(f) GDPR) for its tasks. Choose another legal basis.";
    F_SEVERAL = "Er staat meer dan één grondslag: '{}'. Noem er één, of maak er meer verwerkingen van." / "More than one legal basis is named: '{}'. Name one, or make it several processings.";
    F_NO_LAW = "Bij een wettelijke verplichting of publieke taak hoort de wet die haar geeft (art. 6 lid 3 AVG). Vul die in." / "A legal obligation or public task needs the law that gives it (art. 6(3) GDPR). Fill it in.";
    F_TOO_LONG = "{}: {} tekens is te lang. Er passen er {}." / "{}: {} characters is too long. {} fit.";
    F_ENDS_FIRST = "De laatste dag ligt voor de eerste." / "The last day lies before the first.";
    F_SAME = "Dezelfde verwerking staat ook in regel {}. Laat er één staan." / "The same processing is also in row {}. Leave one of them.";
    F_OTHER_NUMBER = "In het register heeft deze verwerking een ander nummer: '{}'. Neem dat nummer over, of geef de verwerking een andere naam." / "In the register this processing has another number: '{}'. Use that number, or give the processing another name.";
    F_NUMBER_OF = "Dit nummer is in het register van de verwerking '{}'. Maak de cel met het nummer leeg, of geef deze verwerking een eigen nummer." / "In the register this number is that of the processing '{}'. Leave the number's cell empty, or give this processing a number of its own.";
    F_ENDED = "Deze verwerking is geëindigd op {}. Komt zij terug? Zet dan een kolom 'Geldig tot en met' in het bestand." / "This processing ended on {}. Does it come back? Then put a column 'Valid until' into the file.";
    F_STRUCK = "Deze regel is doorgestreept. Haal de streep weg, of haal de regel weg." / "This row is struck through. Remove the line, or remove the row.";
    N_FROM_ABOVE = "{}: de cel is leeg; genomen is wat in de regel erboven staat." / "{}: the cell is empty; what the row above says was taken.";
    N_NO_MONTHS = "Bewaartermijn: '{}' is geen aantal maanden of jaren. Zo wordt het bewaard; casussen kunnen er niet onder." / "Retention term: '{}' is no number of months or years. It is kept so; no cases can stand under it.";
    N_FIRST_TERM = "Bewaartermijn: er staan meer termijnen. De eerste telt: {} maanden." / "Retention term: there are several terms. The first counts: {} months.";
    N_CATEGORIES = "Bijzondere gegevens: '{}' is niet begrepen en voegt geen soort gegevens toe." / "Special data: '{}' was not understood and adds no category of data.";
}
