# An Asterisk for compose.yaml: Debian's package and the project's own includable files, unchanged. Built from the project's folder.
FROM debian:forky-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends asterisk asterisk-core-sounds-en-wav asterisk-core-sounds-ru-wav \
    asterisk-moh-opsound-wav \
  && rm -rf /var/lib/apt/lists/* \
  && sounds=/usr/share/asterisk/sounds \
  # Without these links the sounds' folders carry their speakers' names only, and lang=ru silently plays English.
  && { [ -e "$sounds/en" ] || ln -s en_US_f_Allison "$sounds/en"; } \
  && { [ -e "$sounds/ru" ] || ln -s ru_RU_f_IvrvoiceRU "$sounds/ru"; }
COPY asterisk-conf /etc/asterisk/ringmaster
COPY docker/asterisk-start /usr/local/bin/asterisk-start
EXPOSE 5060/udp 10000-10100/udp
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["asterisk", "-rx", "core waitfullybooted"]
CMD ["asterisk-start"]
