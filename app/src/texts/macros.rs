/// Declares texts: `NAME = "Dutch" / "English";`, and for tests the list of them all.
macro_rules! texts {
    ($($name:ident = $nl:literal / $en:literal;)+) => {
        $(pub(crate) const $name: $crate::texts::Text = $crate::texts::Text {
            nl: $nl,
            en: $en,
            #[cfg(test)]
            marked: concat!("⟦", $nl, "⟧"),
        };)+

        #[cfg(test)]
        pub(crate) const ALL: &[(&str, $crate::texts::Text)] = &[$((stringify!($name), $name)),+];
    };
}

/// Names every variant of a list of codes; a new variant does not compile without its name.
macro_rules! named {
    ($($kind:ident { $($variant:ident => $nl:literal / $en:literal,)+ })+) => {$(
        impl $crate::texts::Named for $kind {
            fn every() -> &'static [Self] {
                Self::ALL
            }
            fn code(self) -> &'static str {
                self.code()
            }
            fn text(self) -> $crate::texts::Text {
                match self { $(Self::$variant => $crate::texts::Text {
                    nl: $nl,
                    en: $en,
                    #[cfg(test)]
                    marked: concat!("⟦", $nl, "⟧"),
                }),+ }
            }
        }
    )+};
}
