/*
 * Bytes to many sockets: the same to all, or to each its own. A write by way of a Node socket allocates a request and
 * passes the stream, the handle and libuv; this is send(2) in a loop.
 */
#define NAPI_VERSION 8
#include <errno.h>
#include <node_api.h>
#include <stdint.h>
#include <sys/socket.h>

static napi_value fail(napi_env env, const char *message) {
  napi_throw_range_error(env, NULL, message);
  return NULL;
}

/* False unless the value is a typed array of that type. */
static bool read_array(napi_env env, napi_value value, napi_typedarray_type wanted, void **data, size_t *length) {
  napi_typedarray_type type;
  return napi_get_typedarray_info(env, value, &type, length, data, NULL, NULL) == napi_ok && type == wanted;
}

/* Bytes that the kernel took: 0 when the socket's buffer is full, -1 when something is wrong with it. */
static int32_t send_to(int32_t fd, const void *bytes, size_t length) {
  if (fd < 0) return -1;
  ssize_t sent = send(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0) return (int32_t)sent;
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
}

/* sendMany(fds, count, bytes, sent): src/send-many.ts says what it does. */
static napi_value send_many(napi_env env, napi_callback_info info) {
  napi_value arguments[4];
  size_t argument_count = 4, fd_count, byte_count, sent_count;
  uint32_t count;
  void *fds, *bytes, *sent;
  if (napi_get_cb_info(env, info, &argument_count, arguments, NULL, NULL) != napi_ok || argument_count < 4 ||
      !read_array(env, arguments[0], napi_int32_array, &fds, &fd_count) ||
      napi_get_value_uint32(env, arguments[1], &count) != napi_ok ||
      !read_array(env, arguments[2], napi_uint8_array, &bytes, &byte_count) ||
      !read_array(env, arguments[3], napi_int32_array, &sent, &sent_count))
    return fail(env, "not the arguments of sendMany");
  if (count > fd_count || count > sent_count) return fail(env, "count is more than an array has");
  if (byte_count > INT32_MAX) return fail(env, "too many bytes");
  for (uint32_t i = 0; i < count; i++) ((int32_t *)sent)[i] = send_to(((int32_t *)fds)[i], bytes, byte_count);
  return NULL;
}

/* sendEach(fds, ends, count, bytes, sent): src/send-many.ts says what it does. */
static napi_value send_each(napi_env env, napi_callback_info info) {
  napi_value arguments[5];
  size_t argument_count = 5, fd_count, end_count, byte_count, sent_count;
  uint32_t count;
  void *fds, *ends, *bytes, *sent;
  if (napi_get_cb_info(env, info, &argument_count, arguments, NULL, NULL) != napi_ok || argument_count < 5 ||
      !read_array(env, arguments[0], napi_int32_array, &fds, &fd_count) ||
      !read_array(env, arguments[1], napi_int32_array, &ends, &end_count) ||
      napi_get_value_uint32(env, arguments[2], &count) != napi_ok ||
      !read_array(env, arguments[3], napi_uint8_array, &bytes, &byte_count) ||
      !read_array(env, arguments[4], napi_int32_array, &sent, &sent_count))
    return fail(env, "not the arguments of sendEach");
  if (count > fd_count || count > end_count || count > sent_count) return fail(env, "count is more than an array has");
  int32_t start = 0;
  for (uint32_t i = 0; i < count; i++) {
    int32_t end = ((int32_t *)ends)[i];
    if (end < start || (size_t)end > byte_count) return fail(env, "an end is before its start or behind the bytes");
    start = end;
  }
  start = 0;
  for (uint32_t i = 0; i < count; i++) {
    int32_t end = ((int32_t *)ends)[i];
    ((int32_t *)sent)[i] = send_to(((int32_t *)fds)[i], (uint8_t *)bytes + start, (size_t)(end - start));
    start = end;
  }
  return NULL;
}

static bool export(napi_env env, napi_value exports, const char *name, napi_callback callback) {
  napi_value function;
  return napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, NULL, &function) == napi_ok &&
         napi_set_named_property(env, exports, name, function) == napi_ok;
}

NAPI_MODULE_INIT() {
  bool is_whole = export(env, exports, "sendMany", send_many) && export(env, exports, "sendEach", send_each);
  return is_whole ? exports : NULL;
}
