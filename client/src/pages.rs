//! Lists that have pages.

use futures::{Stream, TryStreamExt as _, stream};

use crate::{Error, keys, ocamba};

/// A request for a list, which has pages: what an operation such as [`key_list`](keys::Client::key_list) answers with
/// before it is sent. A filter or an order that was set holds for every page.
///
/// ```no_run
/// use bitting_client::{Error, Keys, Paged as _, keys::types::Key};
/// use futures::TryStreamExt as _;
///
/// # async fn example(bitting: Keys) -> Result<(), Error> {
/// let keys: Vec<Key> = bitting.key_list().q("deploy").items().try_collect().await?;
/// # Ok(())
/// # }
/// ```
///
/// A stream ends with the first error: what was read before it is good.
pub trait Paged: Sized + Send {
    /// A page.
    type Page: Send;
    /// What is on a page.
    type Item: Send;

    /// All pages, from the first, or from the one that was set.
    fn pages(self) -> impl Stream<Item = Result<Self::Page, Error>> + Send + Unpin;

    /// What is on all pages, in order.
    fn items(self) -> impl Stream<Item = Result<Self::Item, Error>> + Send + Unpin;
}

/// Pages of which each names the next.
macro_rules! by_token {
    ($($list:ident, $page:ident, $item:ident;)*) => {$(
        impl Paged for keys::builder::$list<'_> {
            type Page = keys::types::$page;
            type Item = keys::types::$item;

            fn pages(self) -> impl Stream<Item = Result<Self::Page, Error>> + Send + Unpin {
                Box::pin(stream::try_unfold(Some((self, None)), async |place| {
                    let Some((list, token)) = place else {
                        return Ok(None);
                    };
                    let page = list.clone().send().await?.into_inner();
                    let next = page.next_page.clone();
                    if next.is_some() && next == token {
                        return Err(Error::Answer("a page names itself as the next".to_owned()));
                    }
                    let next = next.map(|token| (list.page_token(token.clone()), Some(token)));
                    Ok(Some((page, next)))
                }))
            }

            fn items(self) -> impl Stream<Item = Result<Self::Item, Error>> + Send + Unpin {
                let items = |page: Self::Page| stream::iter(page.items.into_iter().map(Ok));
                Box::pin(self.pages().map_ok(items).try_flatten())
            }
        }
    )*};
}

by_token! {
    AuditList, AuditPage, AuditRecord;
    CompanyList, CompanyPage, Company;
    KeyList, KeyPage, Key;
    MemberList, MemberPage, Member;
}

/// Pages are counted from here (O41).
const FIRST: u64 = 1;

/// Numbered pages of the server's own size, from the first, whichever was set. A key that is made or deleted meanwhile
/// moves the others, so that one may be missing or come twice: where that matters, list on [`Keys`](crate::Keys).
impl Paged for ocamba::builder::KeyList<'_> {
    type Page = ocamba::types::KeyPage;
    type Item = ocamba::types::Key;

    fn pages(self) -> impl Stream<Item = Result<Self::Page, Error>> + Send + Unpin {
        let first = Some((self, FIRST, 0));
        Box::pin(stream::try_unfold(first, async |place| {
            let Some((list, number, before)) = place else {
                return Ok(None);
            };
            let page = list.clone().page(number.to_string()).send().await?;
            let page = page.into_inner();
            let seen = before + page.items.len();
            let is_last =
                page.items.is_empty() || u64::try_from(seen).is_ok_and(|seen| seen >= page.total);
            let next = (!is_last).then_some((list, number + 1, seen));
            Ok(Some((page, next)))
        }))
    }

    fn items(self) -> impl Stream<Item = Result<Self::Item, Error>> + Send + Unpin {
        let items = |page: Self::Page| stream::iter(page.items.into_iter().map(Ok));
        Box::pin(self.pages().map_ok(items).try_flatten())
    }
}

#[cfg(test)]
mod tests;
