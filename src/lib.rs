//! The browser's entry: starts what moves in the pages. On the server this library is empty.

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Makes ready for the islands; the loader in the page (`app/src/http/loader.js`) then starts each one.
    #[wasm_bindgen]
    pub fn hydrate() {
        plein_app::islands::wake();
    }
}
