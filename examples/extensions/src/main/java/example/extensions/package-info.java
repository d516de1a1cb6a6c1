/** One extension of each kind, as somebody else would write it. */
@NullMarked
package example.extensions;

import org.jspecify.annotations.NullMarked;
