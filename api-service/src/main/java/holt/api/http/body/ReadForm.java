package holt.api.http.body;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.UploadContext;

/** Splits a form into its parts with Tomcat's parser. */
final class ReadForm {
    private static final int MOST_PARTS = 64;
    private static final int MOST_PART_HEADER_BYTES = 4096;

    private ReadForm() {}

    /**
     * Returns the parts in the client's order.
     *
     * @param contentType the header's value, with the boundary
     * @throws RequestRejectedException {@code BAD_REQUEST}
     */
    static List<FormPart> parts(String contentType, byte[] body) {
        var upload = new FileUpload();
        upload.setPartHeaderSizeMax(MOST_PART_HEADER_BYTES);
        upload.setHeaderEncoding("UTF-8");
        var parts = new ArrayList<FormPart>();
        try {
            FileItemIterator items = upload.getItemIterator(context(contentType, body));
            while (items.hasNext()) {
                if (parts.size() == MOST_PARTS) {
                    throw refused("the form has more than " + MOST_PARTS + " parts");
                }
                FileItemStream item = items.next();
                try (InputStream in = item.openStream()) {
                    parts.add(new FormPart(item.getFieldName(), in.readAllBytes()));
                }
            }
        } catch (IOException e) {
            throw refused(
                    "the body is not multipart/form-data with the boundary that Content-Type names");
        }
        if (parts.isEmpty()) {
            throw refused("the form has no parts");
        }
        return parts;
    }

    private static RequestRejectedException refused(String why) {
        return new RequestRejectedException(Failure.BAD_REQUEST, why);
    }

    private static UploadContext context(String contentType, byte[] body) {
        return new UploadContext() {
            @Override
            public String getCharacterEncoding() {
                return "UTF-8";
            }

            @Override
            public String getContentType() {
                return contentType;
            }

            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(body);
            }

            @Override
            public long contentLength() {
                return body.length;
            }
        };
    }
}
