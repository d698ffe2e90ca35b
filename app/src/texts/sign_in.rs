//! Words of the demo's sign-in.

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
}
