//! A picture that can be read only so often: what looks for codes in it tries pairs of squares, each on a copy of its
//! own, and a picture of nothing but squares would keep it busy for hours.

use std::{cell::Cell, panic::resume_unwind, rc::Rc};

use image::{GenericImage, GenericImageView, Luma, Pixel as _};

use super::grey::Grey;

/// Pixels that may be read and copied for one picture, all its sizes together: about three times what the largest photo
/// takes, and a second of work.
const WORK_MAX: u64 = 500_000_000;
/// Squares such as stand in the corners of codes that one size may show. How many pairs they make grows with the third
/// power.
const SQUARES_MAX: u32 = 150;
/// How the reader of codes paints a square that it has found.
const SQUARE: u8 = 2;

/// The work that is left for a picture.
#[derive(Clone, Debug)]
pub struct Budget(Rc<Cell<u64>>);

/// A picture, or a copy of one; all of them share what they may cost.
#[derive(Debug)]
pub struct Bounded {
    width: u32,
    height: u32,
    shades: Vec<Luma<u8>>,
    budget: Budget,
    squares: u32,
    last: u8,
}

impl Default for Budget {
    fn default() -> Self {
        Self(Rc::new(Cell::new(WORK_MAX)))
    }
}

impl Budget {
    fn take(&self, work: u64) {
        match self.0.get().checked_sub(work) {
            Some(left) => self.0.set(left),
            None => give_up(),
        }
    }

    /// True once nothing is left of it.
    pub fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    fn spend_all(&self) {
        self.0.set(0);
    }
}

/// The reader of codes cannot be told to stop; whoever called it catches this, and nobody is told of a panic.
fn give_up() -> ! {
    resume_unwind(Box::new("a picture asks for too much work"))
}

impl Bounded {
    pub fn new(picture: &Grey, budget: &Budget) -> Option<Self> {
        let (width, height) = picture.size();
        Some(Self {
            width: u32::try_from(width).ok()?,
            height: u32::try_from(height).ok()?,
            shades: picture
                .shades()
                .iter()
                .map(|shade| Luma([*shade]))
                .collect(),
            budget: budget.clone(),
            squares: 0,
            last: 0,
        })
    }

    fn place(&self, x: u32, y: u32) -> usize {
        y as usize * self.width as usize + x as usize
    }
}

impl Clone for Bounded {
    fn clone(&self) -> Self {
        self.budget
            .take(u64::from(self.width) * u64::from(self.height));
        Self {
            shades: self.shades.clone(),
            budget: self.budget.clone(),
            ..*self
        }
    }
}

impl GenericImageView for Bounded {
    type Pixel = Luma<u8>;

    fn dimensions(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn get_pixel(&self, x: u32, y: u32) -> Luma<u8> {
        self.budget.take(1);
        self.shades[self.place(x, y)]
    }
}

impl GenericImage for Bounded {
    fn get_pixel_mut(&mut self, x: u32, y: u32) -> &mut Luma<u8> {
        let place = self.place(x, y);
        &mut self.shades[place]
    }

    fn put_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        let [value] = pixel.0;
        self.squares += u32::from(value == SQUARE && self.last != SQUARE);
        self.last = value;
        // Each square is painted in two parts, or three.
        if self.squares > 3 * SQUARES_MAX {
            self.budget.spend_all();
            give_up();
        }
        let place = self.place(x, y);
        self.shades[place] = pixel;
    }

    fn blend_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        let place = self.place(x, y);
        self.shades[place].blend(&pixel);
    }
}
