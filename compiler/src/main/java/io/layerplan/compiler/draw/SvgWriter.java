package io.layerplan.compiler.draw;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes SVG elements, one a line.
final class SvgWriter {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private SvgWriter() throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    /// What to write; the writer is the receiver.
    interface Content {
        void write() throws XMLStreamException;
    }

    static SvgWriter create() {
        try {
            return new SvgWriter();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An SVG document of this size.
    String document(double width, double height, String title, String style, Runnable content) {
        write(() -> {
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("viewBox", "0 0 " + number(width) + " " + number(height));
            xml.writeAttribute("width", number(width));
            xml.writeAttribute("height", number(height));
            newLine();
            leaf("title", title);
            leaf("style", style);
            content.run();
            xml.writeEndElement();
            newLine();
        });
        return text.toString();
    }

    /// A group.
    void group(String style, Runnable content) {
        write(() -> {
            xml.writeStartElement("g");
            xml.writeAttribute("class", style);
            newLine();
            content.run();
            xml.writeEndElement();
            newLine();
        });
    }

    void text(String style, double x, double y, String words) {
        write(() -> {
            xml.writeStartElement("text");
            xml.writeAttribute("class", style);
            xml.writeAttribute("x", number(x));
            xml.writeAttribute("y", number(y));
            xml.writeCharacters(legal(words));
            xml.writeEndElement();
            newLine();
        });
    }

    /// A rectangle, with a text that is shown when it is pointed at, if it is not empty.
    void rectangle(String style, double x, double y, double width, double height, String tip) {
        write(() -> {
            xml.writeStartElement("rect");
            xml.writeAttribute("class", style);
            xml.writeAttribute("x", number(x));
            xml.writeAttribute("y", number(y));
            xml.writeAttribute("width", number(width));
            xml.writeAttribute("height", number(height));
            xml.writeAttribute("rx", "3");
            if (!tip.isEmpty()) {
                xml.writeStartElement("title");
                xml.writeCharacters(legal(tip));
                xml.writeEndElement();
            }
            xml.writeEndElement();
            newLine();
        });
    }

    void circle(String style, double x, double y, double radius) {
        write(() -> {
            xml.writeEmptyElement("circle");
            xml.writeAttribute("class", style);
            xml.writeAttribute("cx", number(x));
            xml.writeAttribute("cy", number(y));
            xml.writeAttribute("r", number(radius));
            newLine();
        });
    }

    void path(String style, String data) {
        write(() -> {
            xml.writeEmptyElement("path");
            xml.writeAttribute("class", style);
            xml.writeAttribute("d", data);
            newLine();
        });
    }

    /// A coordinate in tenths of a pixel.
    static String number(double value) {
        long tenths = Math.round(value * 10);
        String sign = tenths < 0 ? "-" : "";
        long size = Math.abs(tenths);
        return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
    }

    private void leaf(String name, String words) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(legal(words));
        xml.writeEndElement();
        newLine();
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static void write(Content content) {
        try {
            content.write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /// XML 1.0 has no way to write some characters.
    private static String legal(String words) {
        return words.codePoints()
                .map(c -> isLegal(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || (c >= 0x10000 && c <= 0x10FFFF);
    }
}
