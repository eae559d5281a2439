package org.tumorboard.channel;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.tumorboard.event.Department;

/** Sends a mail that holds the case's short code, the step, when it is due and a link to the department's page. */
final class MailCarrier implements Carrier {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final JavaMailSender sender;
    private final ChannelProperties.Mail mail;
    private final String link;

    MailCarrier(JavaMailSender sender, ChannelProperties.Mail mail, Department department, URI address) {
        this.sender = sender;
        this.mail = mail;
        this.link = address.toString().replaceAll("/$", "") + "/departments/" + department.slug();
    }

    @Override
    public void carry(Delivery delivery) throws UndeliveredException {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(mail.from());
        message.setTo(mail.to().toArray(String[]::new));
        message.setSubject(
                "Tumor board, case %s: %s".formatted(delivery.caseId().shortCode(), step(delivery)));
        message.setText(text(delivery));
        try {
            sender.send(message);
        } catch (MailParseException e) {
            throw UndeliveredException.forGood("the mail cannot be written: " + e.getMessage());
        } catch (MailException e) {
            throw UndeliveredException.forNow("the mail server did not take it: "
                    + e.getMostSpecificCause().getClass().getSimpleName());
        }
    }

    private String text(Delivery delivery) {
        String due = due(delivery);
        return "Case: %s%nStep: %s%n%s%s%n"
                .formatted(
                        delivery.caseId().shortCode(),
                        step(delivery),
                        due.isEmpty() ? "" : "Due: %s%n".formatted(due),
                        link);
    }

    /** The step or clock it is about, else what it tells. */
    private static String step(Delivery delivery) {
        String notification = Channel.notification(delivery.type());
        String about = delivery.payload()
                .path("step")
                .asText(delivery.payload().path("clock").asText(notification));
        return about.equals(notification) || notification.equals("work-requested")
                ? words(about)
                : words(about) + ", " + words(notification);
    }

    private static String words(String code) {
        return code.replace('-', ' ');
    }

    private static String due(Delivery delivery) {
        String due = delivery.payload()
                .path("dueAt")
                .asText(delivery.payload().path("latestAt").asText());
        return due.isEmpty() ? "" : TIME.format(Instant.parse(due));
    }
}
