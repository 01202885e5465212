//! What linli serves over HTTP, on an address of the operator's choice. It sees the domain, and sends the engine what it
//! is asked; it never touches the store.

pub mod guard;
