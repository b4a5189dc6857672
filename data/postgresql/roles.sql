-- Once, as the administrator of the cluster; then give each user a password (\password in psql).
CREATE ROLE keycode_portal NOLOGIN;
CREATE ROLE keycode_desk NOLOGIN;
CREATE ROLE keycode_owner LOGIN;
CREATE ROLE keycode_server LOGIN IN ROLE keycode_portal;
CREATE ROLE keycode_licence_desk LOGIN IN ROLE keycode_desk;
CREATE DATABASE keycodes OWNER keycode_owner ENCODING 'UTF8' TEMPLATE template0;
