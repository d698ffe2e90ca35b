//! Words for what cannot be shown or done. None of them tells whether a thing exists.

texts! {
    NOT_FOUND = "Niet gevonden" / "Not found";
    NOT_FOUND_TEXT = "Deze pagina bestaat niet, of is niet voor u bestemd." / "This page does not exist, or is not meant for you.";
    NOT_FOUND_DO = "Controleer het adres. Denkt u dat u dit moet kunnen zien? Vraag het aan de regisseur." / "Check the address. Do you think you should be able to see this? Ask the coordinator.";
    NOT_FOUND_EMERGENCY = "Is het een noodgeval en hebt u het kenmerk van een dossier? Noodinzage" / "Is it an emergency, and do you have the reference of a record? Break-glass";
    NOT_ALLOWED = "Dit mag u niet doen" / "You may not do this";
    NOT_ALLOWED_TEXT = "Uw rol of afdeling geeft hier geen recht op. Deze weigering is vastgelegd in de inzagelog." / "Your role or department gives no right to this. This refusal has been recorded in the access log.";
    UNAVAILABLE = "Plein is even niet beschikbaar" / "Plein is unavailable for the moment";
    UNAVAILABLE_TEXT = "Plein kan uw inzage nu niet vastleggen. Daarom wordt niets getoond en niets gewijzigd." / "Plein cannot record your viewing now. That is why nothing is shown and nothing is changed.";
    UNAVAILABLE_DO = "Wacht een paar minuten en probeer het opnieuw. Blijft dit zo? Bel dan de beheerder en noem het incidentnummer." / "Wait a few minutes and try again. Does it stay like this? Call the administrator and give the incident number.";
    INTERNAL = "Er ging iets mis" / "Something went wrong";
    INTERNAL_TEXT = "Dit ligt niet aan u. De fout is vastgelegd." / "This is not your doing. The error has been recorded.";
    INTERNAL_DO = "Probeer het opnieuw. Gaat het weer mis? Bel dan de beheerder en noem het incidentnummer." / "Try again. Does it go wrong again? Call the administrator and give the incident number.";
    INCIDENT = "Incidentnummer" / "Incident number";
    BAD_REQUEST = "Dit verzoek is niet te lezen" / "This request cannot be read";
    BAD_REQUEST_TEXT = "De browser stuurde iets dat Plein niet begrijpt. Er is niets gewijzigd." / "The browser sent something that Plein does not understand. Nothing has been changed.";
    BAD_REQUEST_DO = "Ga terug en probeer het opnieuw." / "Go back and try again.";
    TOO_LARGE = "Dit is te veel tekst" / "This is too much text";
    TOO_LARGE_TEXT = "Er is niets gewijzigd. Ga terug en maak de tekst korter." / "Nothing has been changed. Go back and make the text shorter.";
    HURRIED = "Even wachten" / "Please wait a moment";
    HURRIED_TEXT = "Er kwamen in korte tijd te veel verzoeken. Er is niets getoond en niets gewijzigd." / "Too many requests came in a short time. Nothing is shown and nothing has been changed.";
    HURRIED_DO = "Wacht een minuut en probeer het dan opnieuw. Gebeurt dit terwijl u gewoon werkt? Meld het de beheerder." / "Wait a minute and then try again. Does this happen while you just work? Tell the administrator.";
    HURRIED_BACK = "Ga terug in de browser en verstuur het opnieuw. Koos u een bestand? Kies het dan nog eens." / "Go back in the browser and send it again. Did you choose a file? Then choose it once more.";
    NOT_ACCEPTED = "Dit kan niet worden aangenomen" / "This cannot be accepted";
    NOT_ACCEPTED_TEXT = "Er is niets gewijzigd. Ga terug en controleer wat u invulde." / "Nothing has been changed. Go back and check what you entered.";
    HOME = "Naar Mijn werk" / "To My work";
    TRY_AGAIN = "Opnieuw proberen" / "Try again";
    NOT_SAVED = "Wat u typte, is nog niet bewaard" / "What you typed has not been saved yet";
    NOT_SAVED_TEXT = "Uw tekst staat nog op deze pagina. Sluit de pagina niet. Met de knop verstuurt u alles opnieuw." / "Your text is still on this page. Do not close the page. The button sends everything again.";
    SEND_AGAIN = "Opnieuw versturen" / "Send again";
    PURPOSE = "Waarvoor opent u dit?" / "What are you opening this for?";
    PURPOSE_TEXT = "Persoonsgegevens mag u alleen bekijken voor een vastgesteld doel. Uw keuze geldt tot u zich afmeldt en staat bij elke inzage in de inzagelog." / "You may view personal data for a specified purpose only. Your choice holds until you sign out, and stands in the access log with every viewing.";
    PURPOSE_CHOICE = "Doel" / "Purpose";
    PURPOSE_ONE = "Openen voor dit doel" / "Open for this purpose";
    PURPOSE_GO_ON = "Verder" / "Continue";
    PURPOSE_LEAVE = "Niet openen, terug naar Mijn werk" / "Do not open, back to My work";
}
