/** A chart alone on a page of the printer's, which is how a browser makes a PDF with vectors. */

/** Marks what is printed; `charts.module.css` hides everything else on paper. */
const attribute = 'data-print-chart';

/**
 * Opens the dialog for printing with the picture alone on the page.
 * @param svg the picture, as SVG
 */
export async function printPicture(svg: Blob, title: string): Promise<void> {
  const url = URL.createObjectURL(svg);
  const picture = document.createElement('img');
  picture.src = url;
  picture.alt = title;
  picture.setAttribute(attribute, '');
  document.body.append(picture);
  // The name that is proposed for the file.
  const before = document.title;
  const done = (): void => {
    document.title = before;
    picture.remove();
    URL.revokeObjectURL(url);
  };
  try {
    await picture.decode();
    document.title = title;
    // Comes back when the dialog is closed.
    window.print();
  } finally {
    done();
  }
}
