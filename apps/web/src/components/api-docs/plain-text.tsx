/** A text of the document: what stands between backticks is code, as in its Markdown. */
export function PlainText({ children }: { readonly children: string }) {
  return children.split('`').map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      <code key={index} className="text-sm">
        {piece}
      </code>
    ),
  )
}
