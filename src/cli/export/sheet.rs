//! A workbook for spreadsheets, a sheet for each table. Nothing here does IO.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::table::{Cell, Table};

/// Characters that a cell of a workbook holds (Excel specifications and limits).
const CELL_CHARS_MAX: usize = 32_767;

/// The bytes of a workbook with these sheets.
///
/// # Errors
/// Where a table has more rows than a sheet holds (1,048,576).
pub fn xlsx(sheets: &[(&str, &Table)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for (name, table) in sheets {
        fill(book.add_worksheet().set_name(*name)?, table)?;
    }
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let head = Format::new().set_bold();
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for (column, name) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, *name, &head)?;
        sheet.set_column_width(column, 16)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            write(sheet, row, column, cell, &moment)?;
        }
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "spreadsheets know no other numbers"
)]
fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    moment: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Nothing => return Ok(()),
        Cell::Text(text) => {
            let text: String = text.chars().take(CELL_CHARS_MAX).collect();
            sheet.write_string(row, column, text)?
        }
        Cell::Whole(number) => sheet.write_number(row, column, *number as f64)?,
        Cell::Share(number) => sheet.write_number(row, column, *number)?,
        Cell::Flag(flag) => sheet.write_boolean(row, column, *flag)?,
        Cell::Moment(at) => {
            // Spreadsheets count days from the end of 1899, on the clocks of whoever wrote it.
            let days = at.naive_local().and_utc().timestamp_millis() as f64 / 86_400_000.0;
            sheet.write_number_with_format(row, column, days + 25_569.0, moment)?
        }
    };
    Ok(())
}
