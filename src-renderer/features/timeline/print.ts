/** How long the frame stays after a print dialog that never says it was closed. */
const forgottenAfterMs = 10 * 60_000;

/**
 * Opens the browser's print dialog for a document, from which it can be saved as PDF. The document
 * stands in a frame in which no script runs.
 */
export function printDocument(html: string): Promise<void> {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    // The window must reach into the frame to print it; scripts of its own stay forbidden.
    frame.sandbox.add('allow-same-origin', 'allow-modals');
    frame.style.cssText = 'position:fixed;width:0;height:0;border:0;visibility:hidden';
    frame.setAttribute('aria-hidden', 'true');
    frame.tabIndex = -1;
    frame.srcdoc = html;
    frame.onload = () => {
      const view = frame.contentWindow;
      view?.addEventListener('afterprint', () => frame.remove(), { once: true });
      setTimeout(() => frame.remove(), forgottenAfterMs);
      view?.print();
      resolve();
    };
    document.body.append(frame);
  });
}
