//! Words of the sign-in, at the provider and to the demo.

texts! {
    TITLE = "Aanmelden" / "Sign in";
    INTRO = "Hier brengen afdelingen van {} hun signalen van ondermijning samen: doelgebonden, en met een regel in de inzagelog voor elke inzage." / "Here departments of {} bring their signals of undermining together: bound to a purpose, with a line in the access log for every viewing.";
    DEMO_HEADING = "Dit is een demo met verzonnen gegevens" / "This is a demo with invented data";
    DEMO_TEXT = "De gemeente, de mensen en de signalen bestaan niet. Vul geen echte gegevens in. Kies hieronder wie u wilt zijn." / "The municipality, the people and the signals do not exist. Do not enter real data. Choose below who you want to be.";
    CHOOSE = "Wie wilt u zijn?" / "Who do you want to be?";
    AS = "Aanmelden als {}" / "Sign in as {}";
    NOBODY = "Er is niemand om uit te kiezen. Deze installatie is geen demo." / "There is nobody to choose. This installation is not a demo.";
    SESSION_OVER = "U bent niet meer aangemeld" / "You are no longer signed in";
    SESSION_OVER_TEXT = "Wat u net verstuurde, is nog niet bewaard. Meld u aan in een nieuw tabblad. Kom daarna hier terug en verstuur het opnieuw." / "What you just sent has not been saved yet. Sign in in a new tab. Then come back here and send it again.";
    SIGN_IN_NEW_TAB = "Aanmelden (opent een nieuw tabblad)" / "Sign in (opens a new tab)";
    AT_PROVIDER = "U meldt zich aan met uw werkaccount van {}. Daarna komt u hier terug." / "You sign in with your work account of {}. After that you come back here.";
    TO_PROVIDER = "Aanmelden met uw werkaccount" / "Sign in with your work account";
    AGAIN = "Opnieuw aanmelden" / "Sign in again";
    SIGNED_OUT = "U bent afgemeld" / "You are signed out";
    SIGNED_OUT_TEXT = "U bent afgemeld bij Plein en bij uw werkaccount. Werkt u op een gedeelde computer? Sluit dan ook de browser." / "You are signed out of Plein and of your work account. Do you work on a shared computer? Then close the browser too.";
    OUT_AT_PROVIDER = "U bent afgemeld bij Plein. U wordt nu ook afgemeld bij uw werkaccount." / "You are signed out of Plein. You are now being signed out of your work account too.";
    OUT_GO_ON = "Gebeurt er niets? Ga verder naar afmelden bij uw werkaccount" / "Does nothing happen? Go on to sign out of your work account";
    WAITS = "U hebt nog geen toegang" / "You do not have access yet";
    WAITS_TEXT = "{}, u bent bekend bij de gemeente, maar bij {} hebt u nog geen afdeling en rol. Er is niets getoond." / "{}, the municipality knows you, but at {} you have no department and role yet. Nothing has been shown.";
    WAITS_DO = "Vraag uw leidinggevende of de functioneel beheerder om toegang. Meld u daarna opnieuw aan." / "Ask your manager or the administrator for access. Then sign in again.";
    WAITS_WHOM = "U kunt ook mailen naar {}." / "You can also send an e-mail to {}.";
    NOT_SIGNED_IN = "Aanmelden is niet gelukt" / "Signing in did not succeed";
    CANCELLED = "U hebt het aanmelden bij uw werkaccount afgebroken, of u mag dit account hier niet gebruiken." / "You broke off signing in with your work account, or you may not use this account here.";
    CANCELLED_DO = "Probeer het opnieuw. Lukt het niet? Bel de beheerder en noem het incidentnummer." / "Try again. Does it not succeed? Call the administrator and give the incident number.";
    NOT_ASKED = "Dit aanmelden is al gebruikt, duurde te lang, of begon in een andere browser." / "This sign-in was used already, took too long, or began in another browser.";
    NOT_ASKED_DO = "Begin opnieuw. Kwam u hier via een link van iemand anders? Gebruik die link dan niet." / "Begin again. Did you get here by a link from somebody else? Then do not use that link.";
    UNREACHABLE = "Het aanmeldsysteem van de gemeente antwoordt nu niet." / "The municipality's sign-in system does not answer now.";
    UNREACHABLE_DO = "Wacht een paar minuten en probeer het opnieuw. Blijft dit zo? Bel de beheerder en noem het incidentnummer." / "Wait a few minutes and try again. Does it stay like this? Call the administrator and give the incident number.";
    UNTRUSTED = "Het antwoord van het aanmeldsysteem van de gemeente klopt niet. Daarom bent u niet aangemeld." / "The answer of the municipality's sign-in system is not right. That is why you are not signed in.";
    UNTRUSTED_DO = "Probeer het één keer opnieuw. Gaat het weer mis? Bel de beheerder en noem het incidentnummer." / "Try once more. Does it go wrong again? Call the administrator and give the incident number.";
    TOO_WEAK = "U hebt zich aangemeld op een manier die voor Plein niet sterk genoeg is." / "You signed in in a way that is not strong enough for Plein.";
    TOO_WEAK_DO = "Meld u opnieuw aan met een tweede stap, zoals een app of een pas. Hebt u die niet? Vraag het de helpdesk." / "Sign in again with a second step, such as an app or a card. Do you not have one? Ask the help desk.";
    UNAVAILABLE = "Plein kan uw aanmelding nu niet vastleggen. Daarom bent u niet aangemeld." / "Plein cannot record your sign-in now. That is why you are not signed in.";
    UNAVAILABLE_DO = "Wacht een paar minuten en probeer het opnieuw. Blijft dit zo? Bel de beheerder en noem het incidentnummer." / "Wait a few minutes and try again. Does it stay like this? Call the administrator and give the incident number.";
}
