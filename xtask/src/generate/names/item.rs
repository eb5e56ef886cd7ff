//! What an item adds to the list.

use syn::{
    Attribute, Fields, ImplItem, Item, ItemImpl, ItemTrait, Signature, TraitItem, Type, UseTree,
    Visibility,
};

use super::signature;

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether it is for tests alone.
pub(super) fn is_test(attributes: &[Attribute]) -> bool {
    let mut cfgs = attributes.iter().filter(|a| a.path().is_ident("cfg"));
    cfgs.any(|cfg| signature::of(cfg).contains("test"))
}

/// Adds `item`, which is in the module at `path`.
pub(super) fn list(item: &Item, path: &str, lines: &mut Vec<String>) {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let at = format!("{path}::{}", item.ident);
            let generics = signature::of(&item.generics);
            lines.push(format!("{at} struct{generics}{}", derived(&item.attrs)));
            fields(&item.fields, &at, lines);
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let at = format!("{path}::{}", item.ident);
            let generics = signature::of(&item.generics);
            lines.push(format!("{at} enum{generics}{}", derived(&item.attrs)));
            for variant in &item.variants {
                let mut fields = variant.fields.clone();
                fields.iter_mut().for_each(|field| field.attrs.clear());
                let fields = match &fields {
                    Fields::Unit => String::new(),
                    Fields::Named(fields) => format!(" {}", signature::of(fields)),
                    Fields::Unnamed(fields) => signature::of(fields),
                };
                lines.push(format!("{at}::{} variant{fields}", variant.ident));
            }
        }
        Item::Trait(item) if is_public(&item.vis) => of_trait(item, path, lines),
        Item::Fn(item) if is_public(&item.vis) => {
            lines.push(function(&item.sig, path));
        }
        Item::Const(item) if is_public(&item.vis) => {
            let kind = signature::of(&item.ty);
            lines.push(format!("{path}::{} const {kind}", item.ident));
        }
        Item::Static(item) if is_public(&item.vis) => {
            let kind = signature::of(&item.ty);
            lines.push(format!("{path}::{} static {kind}", item.ident));
        }
        Item::Type(item) if is_public(&item.vis) => {
            let is = signature::of(&item.ty);
            lines.push(format!("{path}::{} type {is}", item.ident));
        }
        Item::Use(item) if is_public(&item.vis) && !is_local(&item.tree) => {
            lines.push(format!("{path} use {}", signature::of(&item.tree)));
        }
        Item::Impl(item) => of_impl(item, path, lines),
        _ => {}
    }
}

/// Whether what is re-exported is of a module here, which is listed by itself.
fn is_local(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) => {
            let first = path.ident.to_string();
            let of_a_crate = first.contains("_crate") || first.starts_with("progenitor");
            !of_a_crate
        }
        _ => true,
    }
}

fn fields(fields: &Fields, at: &str, lines: &mut Vec<String>) {
    for (number, field) in fields.iter().enumerate() {
        if is_public(&field.vis) {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| number.to_string(), ToString::to_string);
            lines.push(format!("{at}::{name} field {}", signature::of(&field.ty)));
        }
    }
}

fn of_trait(item: &ItemTrait, path: &str, lines: &mut Vec<String>) {
    let at = format!("{path}::{}", item.ident);
    let generics = signature::of(&item.generics);
    let above = if item.supertraits.is_empty() {
        String::new()
    } else {
        format!(": {}", signature::of(&item.supertraits))
    };
    lines.push(format!("{at} trait{generics}{above}"));
    for item in &item.items {
        match item {
            TraitItem::Fn(item) => lines.push(function(&item.sig, &at)),
            TraitItem::Type(item) => lines.push(format!("{at}::{} type", item.ident)),
            TraitItem::Const(item) => {
                let kind = signature::of(&item.ty);
                lines.push(format!("{at}::{} const {kind}", item.ident));
            }
            _ => {}
        }
    }
}

fn of_impl(item: &ItemImpl, path: &str, lines: &mut Vec<String>) {
    if is_test(&item.attrs) {
        return;
    }
    let Some(name) = name(&item.self_ty) else {
        return;
    };
    let at = format!("{path}::{name}");
    if let Some((of, _)) = &item.trait_ {
        lines.push(format!("{at} impl {}", signature::of(of)));
        return;
    }
    for item in &item.items {
        match item {
            ImplItem::Fn(item) if is_public(&item.vis) => lines.push(function(&item.sig, &at)),
            ImplItem::Const(item) if is_public(&item.vis) => {
                let kind = signature::of(&item.ty);
                lines.push(format!("{at}::{} const {kind}", item.ident));
            }
            _ => {}
        }
    }
}

/// The name of a type that something is implemented for.
fn name(of: &Type) -> Option<String> {
    match of {
        Type::Path(of) => {
            let names: Vec<_> = of
                .path
                .segments
                .iter()
                .map(|s| s.ident.to_string())
                .collect();
            Some(names.join("::"))
        }
        Type::Reference(of) => name(&of.elem),
        _ => None,
    }
}

fn function(of: &Signature, at: &str) -> String {
    let whole = signature::of(of);
    let name = of.ident.to_string();
    let (before, after) = whole.split_once(&format!("fn {name}")).unwrap_or(("", ""));
    format!("{at}::{name} {before}fn{after}")
}

/// What it derives, which is what its users can do with it.
fn derived(attributes: &[Attribute]) -> String {
    let derives = attributes.iter().filter(|a| a.path().is_ident("derive"));
    let lists: Vec<_> = derives
        .filter_map(|derive| Some(signature::of(&derive.meta.require_list().ok()?.tokens)))
        .collect();
    match lists.as_slice() {
        [] => String::new(),
        lists => format!(" derive({})", lists.join(", ")),
    }
}
